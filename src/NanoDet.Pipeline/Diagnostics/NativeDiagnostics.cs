using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Pipeline.Diagnostics;

/// <summary>NDB9007 to NDB9013: the libraries of training that a build provides.</summary>
public static class NativeDiagnostics
{
    /// <summary>NDB9007: the folder that the project names has no libtorch.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="library">The library that was looked for.</param>
    /// <param name="exists">Whether there is such a folder.</param>
    /// <param name="projectFile">The project.</param>
    public static Diagnostic NoLibTorchThere(string folder, string library, bool exists, string projectFile) => new(
        "NDB9007",
        Error,
        exists
            ? $"NanoDetLibTorch is '{folder}', but {library} is neither there nor in its folder 'lib': give an unpacked libtorch{(library.Contains("cuda", StringComparison.Ordinal) ? " for CUDA" : "")}, or the folder 'torch' of an installation of PyTorch"
            : $"NanoDetLibTorch is '{folder}', but there is no such folder",
        new SourceLocation(projectFile));

    /// <summary>NDB9008: the folder for libtorch with CUDA cannot be written.</summary>
    public static Diagnostic NotKept(string folder, string reason)
        => new("NDB9008", Error, $"libtorch with CUDA cannot be put together in {folder}: {reason.ReplaceLineEndings(" ").TrimEnd(' ', '.')}");

    /// <summary>NDB9009: the pieces of a library are not all there, or damaged.</summary>
    public static Diagnostic PiecesDoNotJoin(string path, string expected, string found)
        => new("NDB9009", Error, $"The pieces of {Path.GetFileName(path)} in NuGet's folder do not give the library: its SHA-256 would be {found} instead of {expected}", new SourceLocation(path));

    /// <summary>NDB9010: there is no package with CUDA for this system.</summary>
    public static Diagnostic NoCudaPackage(string system, string projectFile)
        => new("NDB9010", Error, $"NanoDetDevice is cuda, but TorchSharp has packages with CUDA for Windows and Linux on x64 only, and this is {system}: train on the processor, or name a libtorch with NanoDetLibTorch", new SourceLocation(projectFile));

    /// <summary>NDB9011: the libtorch that the project names is older than what TorchSharp needs.</summary>
    public static Diagnostic LibTorchTooOld(string folder, string version, string oldest, string projectFile)
        => new("NDB9011", Error, $"NanoDetLibTorch is '{folder}', which is libtorch {version}, but training needs {oldest} or newer", new SourceLocation(projectFile));

    /// <summary>NDB9012: there is no driver for a card.</summary>
    public static Diagnostic NoDriver(string projectFile)
        => new("NDB9012", Error, "NanoDetDevice is cuda, but this machine has no driver from NVIDIA, so libtorch with CUDA is not downloaded: install the driver, start the container with '--gpus all', or train on the processor (NanoDetDevice=cpu)", new SourceLocation(projectFile));

    /// <summary>NDB9013: NuGet could not restore the native libraries of training.</summary>
    /// <param name="package">The package.</param>
    /// <param name="isCuda">Whether the project trains on a card.</param>
    /// <param name="projectFile">The project.</param>
    public static Diagnostic NotRestored(string package, bool isCuda, string projectFile)
        => new("NDB9013", Error, $"{package} could not be restored, for the reason that NuGet gives: correct the package sources, name the folder of a libtorch that you have with NanoDetLibTorch{(isCuda ? ", or train on the processor (NanoDetDevice=cpu)" : "")}", new SourceLocation(projectFile));
}
