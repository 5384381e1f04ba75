using System.Globalization;
using System.Security.Cryptography;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Pipeline.Downloads;

/// <summary>Downloads one file, with a limit for its size and for the time without data, and rejects it if its SHA-256 is not the expected one.</summary>
/// <param name="address">Where it comes from.</param>
/// <param name="credentials">The environment variables that complete the address.</param>
/// <param name="most">The largest number of bytes to accept.</param>
internal sealed class FileDownload(Uri address, DownloadCredentials credentials, long most = 2L << 30)
{
    // A server that sends nothing for this long will probably send nothing more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Writes the file to a stream.</summary>
    /// <exception cref="NanoDetException">NDB9060 or NDB9061; the written bytes must not be used.</exception>
    public void Fetch(Stream target, ContentHash expected, CancellationToken cancellation)
    {
        try
        {
            // MSBuild's tasks are synchronous, and its threads have no synchronisation context, so this cannot deadlock.
            FetchAsync(target, expected, cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Failed(string.Create(CultureInfo.InvariantCulture, $"no data arrived for {Patience.TotalSeconds:0} seconds"));
        }
        catch (Exception exception) when (WebAddress.IsFault(exception))
        {
            throw Failed(exception.Message);
        }
    }

    private async Task FetchAsync(Stream target, ContentHash expected, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, WithQuery());
        request.Headers.Authorization = WebAddress.Authorization(address, credentials.AuthorizationVariable);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw Failed(string.Create(CultureInfo.InvariantCulture, $"the server answers {(int)response.StatusCode} {response.ReasonPhrase}"));
        }

        if (response.Content.Headers.ContentLength > most)
        {
            throw TooLarge();
        }

        using var source = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[1 << 16];
        for (var total = 0L; ;)
        {
            patience.CancelAfter(Patience);
            var read = await ReadAsync(source, piece, patience.Token).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            if ((total += read) > most)
            {
                throw TooLarge();
            }

            hash.AppendData(piece, 0, read);
            target.Write(piece, 0, read);
        }

        var found = new ContentHash(hash.GetHashAndReset());
        if (found != expected)
        {
            throw new NanoDetException(DownloadDiagnostics.WrongContent(WebAddress.Shown(address), credentials.Property, expected.ToString(), found.ToString()));
        }
    }

    private Uri WithQuery() => Environment.GetEnvironmentVariable(credentials.QueryVariable)?.TrimStart('?', '&') is { Length: > 0 } more
        ? new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query}&{more}" : more }.Uri
        : address;

    /// <summary>Reads from the network, so that a broken connection is distinguished from a full disk.</summary>
    private async ValueTask<int> ReadAsync(Stream source, byte[] piece, CancellationToken cancellation)
    {
        try
        {
            return await source.ReadAsync(piece, cancellation).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw Failed(exception.Message);
        }
    }

    private NanoDetException TooLarge() => Failed(string.Create(CultureInfo.InvariantCulture, $"it is larger than {most} bytes"));

    private NanoDetException Failed(string reason) => new(DownloadDiagnostics.Failed(WebAddress.Shown(address), reason));
}
