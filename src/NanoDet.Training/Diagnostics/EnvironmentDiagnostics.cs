using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Training.Diagnostics;

/// <summary>NDB9xxx: the machine that a build runs on.</summary>
public static class EnvironmentDiagnostics
{
    /// <summary>NDB9001: no folder holds libtorch.</summary>
    /// <param name="library">File that was looked for.</param>
    /// <param name="places">Folders that were looked into, in order.</param>
    public static Diagnostic LibTorchNotFound(string library, IEnumerable<string> places)
        => new("NDB9001", Error, $"{library} was not found; looked in {string.Join(", ", places)}");

    /// <summary>NDB9002: libtorch exists, but the system cannot load it.</summary>
    public static Diagnostic LibTorchNotLoaded(string path, string reason)
        => new("NDB9002", Error, $"{path} cannot be loaded: {Sentence(reason)}");

    /// <summary>NDB9003: libtorch is not made for this system or processor.</summary>
    public static Diagnostic SystemWithoutLibTorch(string runtimeIdentifier)
        => new("NDB9003", Error, $"Training is not possible on {runtimeIdentifier}: libtorch is made for linux-x64, win-x64 and osx-arm64");

    /// <summary>NDB9004: CUDA was asked for and no CUDA device answers.</summary>
    public static Diagnostic CudaNotAvailable()
        => new("NDB9004", Error, "NanoDetDevice is cuda and libtorch with CUDA is loaded, but no CUDA device answers on this machine");

    /// <summary>NDB9005: the copy of TorchSharp's native part for an old system cannot be written.</summary>
    public static Diagnostic NativeCacheNotWritable(string path, string reason)
        => new("NDB9005", Error, $"The copy of TorchSharp's native library for this system cannot be written to {path}: {Sentence(reason)}");

    /// <summary>NDB9006: the processor does not have the vector instructions that the project asks for.</summary>
    /// <param name="instructions">Their name.</param>
    /// <param name="architecture">The kind of processor, where it is another than theirs.</param>
    public static Diagnostic InstructionsNotSupported(string instructions, string? architecture)
        => new("NDB9006", Error, $"NanoDetInstructions is {instructions}, but {(architecture is null ? "this processor does not have these instructions" : $"only x64 processors have these instructions, and this is {architecture}")}");

    private static string Sentence(string reason) => reason.ReplaceLineEndings(" ").TrimEnd(' ', '.');
}
