using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Pipeline.Downloads;

/// <summary>
/// Pretrained weights with an address and a SHA-256: downloaded once, kept by content in a folder for all
/// projects of the user, and copied into the project's folder, so that their path does not depend on the machine.
/// </summary>
/// <param name="Address">Where the file comes from.</param>
/// <param name="Hash">Its SHA-256.</param>
/// <param name="Cache">The folder for all projects.</param>
/// <param name="Credentials">The environment variables that complete the address.</param>
public sealed record WeightSource(Uri Address, ContentHash Hash, string Cache, DownloadCredentials Credentials)
{
    /// <summary>Whether an address is allowed: https, or http on this machine.</summary>
    public static bool IsAllowed(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>The path of the file in a project's folder for such files: its SHA-256 is its name.</summary>
    public string PathIn(string folder) => Path.Combine(folder, Hash.ToString());

    /// <summary>Puts the file into a folder, with its SHA-256 as the name; an existing file with the right content is kept.</summary>
    /// <param name="folder">The project's folder for such files.</param>
    /// <param name="announce">Called before a download.</param>
    /// <param name="cancellation">Stops a download.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="NanoDetException">NDB9051, NDB9060 or NDB9061.</exception>
    public string Provide(string folder, Action<string> announce, CancellationToken cancellation)
    {
        var (wanted, cached) = (PathIn(folder), Path.Combine(Cache, Hash.ToString()));
        try
        {
            if (!IsRight(wanted))
            {
                if (!IsRight(cached))
                {
                    announce($"downloading {WebAddress.Shown(Address)} to {cached} (only once)");
                    AtomicFile.Write(cached, stream => new FileDownload(Address, Credentials).Fetch(stream, Hash, cancellation));
                }

                AtomicFile.Write(wanted, stream =>
                {
                    using var source = RegularFile.OpenRead(cached);
                    source.CopyTo(stream);
                });
            }

            return wanted;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(FolderDiagnostics.NotAccessible(exception.Message), exception);
        }
    }

    private bool IsRight(string path) => File.Exists(path) && ContentHash.OfFile(path) == Hash;
}
