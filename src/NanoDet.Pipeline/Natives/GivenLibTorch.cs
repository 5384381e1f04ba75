using System.Globalization;
using System.Text.RegularExpressions;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Core.Native;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Pipeline.Natives;

/// <summary>
/// The libtorch that a project names (<c>NanoDetLibTorch</c>): an unpacked libtorch, an installation of PyTorch (the folder
/// <c>torch</c>), or their folder <c>lib</c> with the libraries.
/// </summary>
public static partial class GivenLibTorch
{
    /// <summary>The version that TorchSharp's native library was made for; later ones keep what it asks for.</summary>
    private static readonly Version Oldest = new(2, 10);

    private static readonly string[] VersionFiles = ["version.py", "build-version"];

    private const int LongestVersionFile = 4096;

    /// <summary>Finds the folder with the libraries.</summary>
    /// <param name="given">The folder that was given, in full.</param>
    /// <param name="usesCuda">Whether the libraries for CUDA are needed.</param>
    /// <param name="projectFile">Where the property is set, for the message.</param>
    /// <exception cref="NanoDetException">NDB9007: there is no such libtorch; NDB9011: it is too old.</exception>
    public static string Find(string given, bool usesCuda, string projectFile)
    {
        var library = LibraryFile.Name(usesCuda ? "torch_cuda" : "torch_cpu");
        var folder = new[] { given, Path.Combine(given, "lib"), Path.Combine(given, "torch", "lib") }
            .FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, library)))
            ?? throw new NanoDetException(NativeDiagnostics.NoLibTorchThere(given, library, Directory.Exists(given), projectFile));
        return VersionOf(folder) is { } version && version < Oldest
            ? throw new NanoDetException(NativeDiagnostics.LibTorchTooOld(folder, $"{version}", $"{Oldest}", projectFile))
            : folder;
    }

    /// <summary>PyTorch says its version in <c>version.py</c>, libtorch in <c>build-version</c>, beside the folder; null where neither is there.</summary>
    private static Version? VersionOf(string folder)
    {
        var file = VersionFiles.Select(name => Path.Combine(folder, "..", name)).FirstOrDefault(File.Exists);
        return file is not null && Numbers().Match(RegularFile.ReadAllText(file, LongestVersionFile)) is { Success: true } numbers
            ? new Version(int.Parse(numbers.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(numbers.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
            : null;
    }

    [GeneratedRegex(@"([0-9]{1,4})\.([0-9]{1,4})")]
    private static partial Regex Numbers();
}
