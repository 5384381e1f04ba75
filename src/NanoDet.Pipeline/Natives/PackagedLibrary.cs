using System.Security.Cryptography;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Pipeline.Natives;

/// <summary>
/// A native library as NuGet unpacked it. Those that are too large for one package come in pieces: the package
/// <c>NAME-primary</c> has the first one and the SHA-256 of the whole (<c>FILE.sha</c>), and <c>NAME-fragment1</c> and so on have
/// the others (<c>fragments/…/FILE.fragment1</c>), as TorchSharp packs libtorch with CUDA (<c>RestitchPackage.targets</c>).
/// </summary>
/// <param name="path">Full path of the file.</param>
/// <param name="pathInPackage">Its path in its package, such as <c>runtimes/linux-x64/native/libtorch_cuda.so</c>.</param>
public sealed class PackagedLibrary(string path, string pathInPackage)
{
    /// <summary>What the name of a file ends with that holds the SHA-256 of another.</summary>
    public const string HashExtension = ".sha";

    private const string Primary = "-primary";
    private const int BufferLength = 1 << 20;
    private const int LongestHash = 256;

    /// <summary>The name of the library.</summary>
    public string Name => Path.GetFileName(path);

    /// <summary>The files that it consists of, in order. A build of another project may have joined them in place, which leaves one.</summary>
    public IEnumerable<string> Pieces
    {
        get
        {
            yield return path;
            for (var number = 1; Fragment(number) is { } fragment && File.Exists(fragment); number++)
            {
                yield return fragment;
            }
        }
    }

    /// <summary>Writes the whole library into a file, and never into NuGet's folder.</summary>
    /// <param name="file">The new file.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="NanoDetException">NDB9009: the pieces do not give what they were made from.</exception>
    /// <exception cref="IOException">A piece cannot be read, or the file cannot be written.</exception>
    public void WriteTo(string file, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            var buffer = new byte[BufferLength];
            foreach (var piece in Pieces)
            {
                using var source = RegularFile.OpenRead(piece);
                for (int read; (read = source.Read(buffer)) > 0;)
                {
                    cancellation.ThrowIfCancellationRequested();
                    hash.AppendData(buffer, 0, read);
                    target.Write(buffer, 0, read);
                }
            }
        }

        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (File.Exists(path + HashExtension) && RegularFile.ReadAllText(path + HashExtension, LongestHash).Trim() is var expected
            && !expected.Equals(found, StringComparison.OrdinalIgnoreCase))
        {
            throw new NanoDetException(NativeDiagnostics.PiecesDoNotJoin(path, expected, found));
        }
    }

    // ROOT/NAME-primary/VERSION/runtimes/… has its pieces in ROOT/NAME-fragment1/VERSION/fragments/….
    private string? Fragment(int number)
    {
        var version = path[..^pathInPackage.Length].TrimEnd('/', '\\');
        var package = Path.GetDirectoryName(version);
        var slash = pathInPackage.IndexOf('/', StringComparison.Ordinal);
        return package is null || slash < 0 || !package.EndsWith(Primary, StringComparison.OrdinalIgnoreCase) ? null : Path.Combine(
            $"{package[..^Primary.Length]}-fragment{number}", Path.GetFileName(version),
            $"fragments{pathInPackage[slash..]}.fragment{number}");
    }
}
