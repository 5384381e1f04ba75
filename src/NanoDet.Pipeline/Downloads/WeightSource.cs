using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Downloads;

/// <summary>
/// Weights to start from that a project names by address and SHA-256: fetched once, kept by content in a folder for all
/// projects of the user, and copied into the project's, so that its path says nothing about the machine.
/// </summary>
/// <param name="Address">Where the file comes from.</param>
/// <param name="Hash">Its SHA-256.</param>
/// <param name="Cache">The folder for all projects.</param>
public sealed record WeightSource(Uri Address, ContentHash Hash, string Cache)
{
    /// <summary>Whether anything is downloaded from an address: with https, and with http from this machine.</summary>
    public static bool IsAllowed(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>Puts the file into a folder, under the name of its hash; a file that is there and right stays.</summary>
    /// <param name="folder">The project's folder for such files.</param>
    /// <param name="announce">Told before anything is downloaded.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="DiagnosticException">NDB9051, NDB9060 or NDB9061.</exception>
    public string Provide(string folder, Action<string> announce, CancellationToken cancellation)
    {
        var (wanted, cached) = (Path.Combine(folder, Hash.ToString()), Path.Combine(Cache, Hash.ToString()));
        try
        {
            if (!IsRight(wanted))
            {
                if (!IsRight(cached))
                {
                    announce($"downloading {Address} to {cached} (only once)");
                    AtomicFile.Write(cached, stream => new FileDownload(Address).Fetch(stream, Hash, cancellation));
                }

                AtomicFile.Write(wanted, stream =>
                {
                    using var source = File.OpenRead(cached);
                    source.CopyTo(stream);
                });
            }

            return wanted;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(FolderDiagnostics.NotAccessible(exception.Message), exception);
        }
    }

    private bool IsRight(string path) => File.Exists(path) && ContentHash.OfFile(path) == Hash;
}
