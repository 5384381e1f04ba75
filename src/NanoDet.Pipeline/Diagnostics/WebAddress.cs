using System.Net.Http.Headers;
using System.Text;

namespace NanoDet.Pipeline.Diagnostics;

/// <summary>
/// Addresses in the network: what of one may be shown, to whom a password is sent, and what goes wrong at the other end.
/// User information and query strings hold passwords and signatures, and logs are read by many.
/// </summary>
public static class WebAddress
{
    /// <summary>An address without user information, query string and fragment, for messages.</summary>
    public static string Shown(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Shown(address.OriginalString);
    }

    /// <summary>What may be shown of a text that is, or should be, an address.</summary>
    public static string Shown(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var end = address.AsSpan().IndexOfAny('?', '#');
        if (Uri.TryCreate(end < 0 ? address : address[..end], UriKind.Absolute, out var uri) && uri.Host.Length > 0 && !uri.IsFile)
        {
            return uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        }

        // Mistyped, and a password may stand in it all the same, with any characters: up to the last at sign.
        var server = address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + "://".Length : 0;
        var at = address.LastIndexOf('@');
        var open = at < server ? address : string.Concat(address.AsSpan(0, server), address.AsSpan(at + 1));
        return open.Split('?', '#')[0];
    }

    /// <summary>Whether a password may be sent to an address: over TLS, or to this machine.</summary>
    public static bool IsPrivate(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback;
    }

    /// <summary>The header that proves who asks: what an environment variable says, or else the user information of the address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="variable">The environment variable with a value for the header <c>Authorization</c>.</param>
    /// <returns>Null where neither says anything.</returns>
    public static AuthenticationHeaderValue? Authorization(Uri address, string variable)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value && AuthenticationHeaderValue.TryParse(value, out var header) ? header
            : address.UserInfo.Length > 0 ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))))
            : null;
    }

    /// <summary>
    /// Whether an exception of an HTTP client is the other side's doing: no connection, an answer that is no HTTP, or a redirect to
    /// something that is no address of the web, for which .NET has exceptions of all kinds.
    /// </summary>
    public static bool IsFault(Exception exception)
        => exception is HttpRequestException or NotSupportedException or InvalidOperationException or ArgumentException or FormatException;
}
