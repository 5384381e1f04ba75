using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Detection.Diagnostics;

/// <summary>NDB6001 to NDB6099: loading a model and detecting with it.</summary>
internal static class DetectionDiagnostics
{
    /// <summary>NDB6001: the model file cannot be read.</summary>
    public static Diagnostic ModelUnreadable(string path, string reason)
        => new("NDB6001", Error, $"The model cannot be read: {reason}", new SourceLocation(path));

    /// <summary>NDB6002: the file is not an ONNX model, or is cut off.</summary>
    public static Diagnostic NotOnnx(string path, string reason)
        => new("NDB6002", Error, $"The file is not an ONNX model: {reason}", new SourceLocation(path));

    /// <summary>NDB6003: the model keeps weights in another file.</summary>
    public static Diagnostic ExternalData(string path, string tensor)
        => new("NDB6003", Error, $"The model keeps the tensor '{DiagnosticText.Shorten(tensor)}' in another file, which is not opened; save it as one file", new SourceLocation(path));

    /// <summary>NDB6004: the model contains something that no NanoDet model needs and that could run forever.</summary>
    public static Diagnostic UnsafeOperator(string path, string what)
        => new("NDB6004", Error, $"The model has {DiagnosticText.Shorten(what)}, which no NanoDet model uses; it is not run", new SourceLocation(path));

    /// <summary>NDB6005: ONNX Runtime does not accept the model.</summary>
    public static Diagnostic ModelRefused(string path, string reason)
        => new("NDB6005", Error, $"ONNX Runtime refuses the model: {reason}", new SourceLocation(path));

    /// <summary>NDB6006: the inputs and outputs are not those of a NanoDet model.</summary>
    public static Diagnostic NotNanoDet(string path, string reason)
        => new("NDB6006", Error, $"The model is not a NanoDet model that can be run: {reason}", new SourceLocation(path));

    /// <summary>NDB6007: the model's metadata is missing or contradicts the network.</summary>
    public static Diagnostic BadMetadata(string path, string reason)
        => new("NDB6007", Error, $"The model's metadata cannot be used: {reason}", new SourceLocation(path));

    /// <summary>NDB6008: the class file cannot be read, or does not fit the model.</summary>
    public static Diagnostic BadClasses(string path, string reason, int line = 0)
        => new("NDB6008", Error, $"The class names cannot be used: {reason}", new SourceLocation(path, line));

    /// <summary>NDB6009: nothing that may run the network can.</summary>
    /// <param name="missing">What was tried, with the package that it needs and why it is not used.</param>
    public static Diagnostic ProviderUnavailable(params IEnumerable<(string Provider, string Package, string Reason)> missing)
        => new("NDB6009", Error, string.Join("; ", missing.Select(one => $"{one.Provider} cannot be used ({one.Reason}); it needs the package {one.Package} and its driver")));

    /// <summary>NDB6010: ONNX Runtime failed on an image.</summary>
    public static Diagnostic RunFailed(string path, string reason)
        => new("NDB6010", Error, $"ONNX Runtime failed while detecting: {reason}", new SourceLocation(path));

    /// <summary>NDB6011: the model computed numbers that no detection has.</summary>
    public static Diagnostic NotFinite(string path)
        => new("NDB6011", Error, "The model's predictions have numbers that are infinite or not a number (NaN), so nothing can be detected with it", new SourceLocation(path));

    /// <summary>NDB6012: the program's own function gives no image.</summary>
    /// <param name="path">The image, if it is identified by a text; null otherwise.</param>
    /// <param name="reason">What it did instead.</param>
    public static Diagnostic DecodeFailed(string? path, string reason)
        => new("NDB6012", Error, $"The program's function for decoding gives no image: {DiagnosticText.Shorten(reason)}", path is null ? null : new SourceLocation(path));

    /// <summary>NDB6013: the model does not have a class that is to be detected.</summary>
    /// <param name="path">The model.</param>
    /// <param name="name">The class.</param>
    /// <param name="known">The classes that it has.</param>
    public static Diagnostic NoSuchClass(string path, string? name, IEnumerable<string> known)
        => new(
            "NDB6013", Error,
            $"The model has no class '{DiagnosticText.Shorten(name ?? "")}'{(Suggestion.For(name ?? "", known) is { } near ? $"; did you mean '{near}'?" : ", which is to be detected")}",
            new SourceLocation(path));
}
