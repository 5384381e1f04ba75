using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Training.Diagnostics;

/// <summary>NDB4001 to NDB4049: training.</summary>
public static class TrainingDiagnostics
{
    /// <summary>NDB4001: the part that is learnt from has no image.</summary>
    public static Diagnostic NothingToLearn()
        => new("NDB4001", Error, "The training part of the data set has no image with a weight above 0");

    /// <summary>NDB4010: no picture of a batch can be read.</summary>
    public static Diagnostic NoPictureReadable(ImmutableArray<string> paths)
        => new("NDB4010", Error, $"None of the {paths.Length} pictures of a batch can be read: {Some(paths)}");

    /// <summary>NDB4011: a picture cannot be read while training.</summary>
    public static Diagnostic PictureSkipped(string path, Diagnostic reason)
        => new("NDB4011", Warning, $"The picture is left out of the training ({reason.Code}): {reason.Message}", new SourceLocation(path));

    /// <summary>NDB4020: a loss or a gradient is no number.</summary>
    public static Diagnostic NotANumber(string what, int epoch, int step, ImmutableArray<string> paths) => new(
        "NDB4020", Error, string.Create(CultureInfo.InvariantCulture, $"The {what} is no finite number at epoch {epoch}, step {step}; the last good checkpoint is kept. Pictures of the batch: {Some(paths)}"));

    /// <summary>NDB4021: memory ran out while training.</summary>
    public static Diagnostic OutOfMemory(int batch, int width, int height)
        => new("NDB4021", Error, $"Memory ran out at batch {Text(batch)} of {Text(width)}x{Text(height)}; {Smaller(batch / 2)}");

    /// <summary>NDB4022: less memory is free than the training will need.</summary>
    /// <param name="batch">Images of a step.</param>
    /// <param name="width">Width of the input.</param>
    /// <param name="height">Height of the input.</param>
    /// <param name="neededMegabytes">What the training will need.</param>
    /// <param name="freeMegabytes">What is free.</param>
    /// <param name="fittingBatch">The largest batch that would fit; 0 where none would.</param>
    public static Diagnostic LittleMemory(int batch, int width, int height, long neededMegabytes, long freeMegabytes, int fittingBatch) => new(
        "NDB4022", Warning, $"Batch {Text(batch)} of {Text(width)}x{Text(height)} needs about {Text(neededMegabytes)} MB and {Text(freeMegabytes)} MB are free; {Smaller(fittingBatch)}");

    /// <summary>NDB4030: a checkpoint belongs to another training.</summary>
    public static Diagnostic ForeignCheckpoint(string path)
        => new("NDB4030", Warning, "The checkpoint belongs to another training (data, configuration, seed, threads or version differ); this one starts afresh", new SourceLocation(path));

    /// <summary>NDB4031: a training was stopped from outside.</summary>
    public static Diagnostic Cancelled(int epoch, int step)
        => new("NDB4031", Error, string.Create(CultureInfo.InvariantCulture, $"The training was stopped before epoch {epoch}, step {step}, and the next build goes on from there"));

    private static string Smaller(int batch) => batch > 0 ? $"try batch {Text(batch)}" : "try a smaller input";

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Some(ImmutableArray<string> paths)
    {
        const int Most = 32;
        return string.Join(", ", paths.Take(Most)) + (paths.Length > Most ? ", …" : "");
    }
}
