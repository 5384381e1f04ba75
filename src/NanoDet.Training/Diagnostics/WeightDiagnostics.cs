using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Training.Diagnostics;

/// <summary>NDB4100 to NDB4149: weight files.</summary>
public static class WeightDiagnostics
{
    /// <summary>NDB4100: a weight file is missing or cannot be opened.</summary>
    public static Diagnostic Unreadable(string path, string reason)
        => new("NDB4100", Error, $"The weight file cannot be opened: {reason}", new SourceLocation(path));

    /// <summary>NDB4101: a weight file is cut off or contradicts itself.</summary>
    public static Diagnostic Damaged(string path, string reason)
        => new("NDB4101", Error, $"The weight file is damaged: {reason}", new SourceLocation(path));

    /// <summary>NDB4102: a PyTorch file asks for something other than tensors.</summary>
    public static Diagnostic MoreThanTensors(string path, string what)
        => new("NDB4102", Error, $"The PyTorch file asks for {what}, which weights never need; no code in it was run", new SourceLocation(path));

    /// <summary>NDB4103: a file is not in a known weight format.</summary>
    public static Diagnostic UnknownFormat(string path)
        => new("NDB4103", Error, "The file is neither safetensors, nor a PyTorch checkpoint, nor an ONNX model", new SourceLocation(path));

    /// <summary>NDB4104: a file contains no weights.</summary>
    public static Diagnostic NoWeights(string path)
        => new("NDB4104", Error, "The file contains no named tensor", new SourceLocation(path));

    /// <summary>NDB4105: the tensors of a file are not those of the model, or most of them have other shapes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The number of its tensors.</param>
    /// <param name="shared">The number of tensors that file and model have in the part of the network that decides.</param>
    /// <param name="others">The number of those with another shape.</param>
    /// <param name="first">The first of those; null if nothing fits.</param>
    /// <param name="reason">What its shapes are, in words.</param>
    public static Diagnostic NothingFits(string path, int tensors, int shared = 0, int others = 0, string? first = null, string? reason = null) => new(
        "NDB4105",
        Error,
        first is not null
            ? $"The weights are of another network: {others} of the {shared} tensors of '{first.Split('.')[0]}' that the file and the model have do not have the same shape. The first is '{first}': {reason}"
            : $"No tensor of the file ({tensors} in all) has the name and shape of a tensor of the model",
        new SourceLocation(path));

    /// <summary>NDB4107: a tensor has numbers that are infinite or not a number, or would have them in the model to write.</summary>
    /// <param name="path">The file that was read.</param>
    /// <param name="tensor">Its tensor, or that of the model to write.</param>
    /// <param name="largest">The largest number that the model to write can have; null for a tensor of the file.</param>
    public static Diagnostic NotFinite(string path, string tensor, float? largest = null) => new(
        "NDB4107",
        Error,
        largest is not { } most
            ? $"'{DiagnosticText.Shorten(tensor)}' has a number that is infinite or not a number (NaN)"
            : FormattableString.Invariant($"'{DiagnosticText.Shorten(tensor)}' of the model to write would have a number that is not a number (NaN), or is not within {most:G5} and so is infinite there; nothing is written{(most < float.MaxValue ? ". Write it with 32 bits, without --half" : "")}"),
        new SourceLocation(path));

    /// <summary>NDB4109: the class names of a weight file cannot be those of a model.</summary>
    /// <param name="path">The file with the weights.</param>
    /// <param name="source">Where the names are, in words.</param>
    /// <param name="reason">What is wrong with them.</param>
    public static Diagnostic BadClasses(string path, string source, string reason)
        => new("NDB4109", Error, $"The class names of {source} cannot be used: {reason}. --classes gives others", new SourceLocation(path));

    /// <summary>NDB4108: the names of the classes are not as many as the classes of the weights.</summary>
    /// <param name="path">The file with the weights.</param>
    /// <param name="names">The number of names.</param>
    /// <param name="source">Where the names are, in words.</param>
    /// <param name="classes">The number of classes of the weights.</param>
    public static Diagnostic OtherClasses(string path, int names, string source, int classes)
        => new("NDB4108", Error, $"The weights have {classes} {(classes == 1 ? "class" : "classes")}, but {source} has {names} {(names == 1 ? "name" : "names")}", new SourceLocation(path));

    /// <summary>NDB4110: an exported model computes something else than the network.</summary>
    public static Diagnostic OtherNetwork(string path, string reason)
        => new("NDB4110", Error, $"The file is of another network: {reason}", new SourceLocation(path));

    /// <summary>NDB4111: an exported model does not have the weights in a form that can be trained.</summary>
    public static Diagnostic NotTakenOut(string path, string reason)
        => new("NDB4111", Error, $"The weights cannot be taken out of the file: {reason}", new SourceLocation(path));

    /// <summary>NDB4112: weights are of none of the presets.</summary>
    /// <param name="path">The file.</param>
    /// <param name="preset">The preset that the most of the file fits.</param>
    /// <param name="difference">Why it does not fit, a sentence.</param>
    public static Diagnostic NoPresetFits(string path, string preset, string difference)
        => new("NDB4112", Error, $"The file is of no preset; name its network with --network. The nearest is {preset}. {difference}", new SourceLocation(path));

    /// <summary>NDB4113: weights for a training were read back from an exported model.</summary>
    /// <param name="place">What names the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="normalizations">The number of normalisations without statistics.</param>
    public static Diagnostic Folded(SourceLocation place, string path, int normalizations) => new(
        "NDB4113",
        Warning,
        $"The weights of {DiagnosticText.Shorten(path)} were read back from an exported model: {normalizations} normalisations have no statistics, so the training begins with a network that detects worse than that model; name the weights that the model was exported from",
        place);

    /// <summary>NDB4114: less than half of a network, or of its backbone, is in the file.</summary>
    /// <param name="place">What names the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="part">The network or its backbone, in words.</param>
    /// <param name="loaded">The number of its tensors that were loaded.</param>
    /// <param name="tensors">The number of its tensors.</param>
    /// <param name="table">The file with the table of all tensors.</param>
    public static Diagnostic MostlyNew(SourceLocation place, string path, string part, int loaded, int tensors, string table) => new(
        "NDB4114",
        Warning,
        $"{DiagnosticText.Shorten(path)} has only {loaded} of the {tensors} tensors of the {part}; the others begin with new weights, and {DiagnosticText.Shorten(table)} says why",
        place);

    /// <summary>NDB4106: the file has another content than when the build planned.</summary>
    public static Diagnostic ContentChanged(string path)
        => new("NDB4106", Error, "The weight file changed while the build ran: it differs from the file that was read at the start. Build again", new SourceLocation(path));
}
