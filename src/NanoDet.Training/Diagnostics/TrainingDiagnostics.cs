using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Training.Diagnostics;

/// <summary>NDB4001 to NDB4049: training.</summary>
public static class TrainingDiagnostics
{
    /// <summary>NDB4001: the training part has no image.</summary>
    public static Diagnostic NothingToLearn()
        => new("NDB4001", Error, "The training part of the data set has no image with a weight above 0");

    /// <summary>NDB4020: a loss or a gradient is not a finite number.</summary>
    public static Diagnostic NotANumber(string what, int epoch, int step, ImmutableArray<string> paths) => new(
        "NDB4020", Error, string.Create(CultureInfo.InvariantCulture, $"The {what} is not a finite number at epoch {epoch}, step {step}; the last good checkpoint is kept. Images of the batch: {Some(paths)}"));

    /// <summary>NDB4021: memory ran out during training.</summary>
    public static Diagnostic OutOfMemory(int batch, int width, int height)
        => new("NDB4021", Error, $"Memory ran out with a batch size of {Text(batch)} at {Text(width)}x{Text(height)} pixels; {Smaller(batch / 2)}");

    /// <summary>NDB4022: less memory is free than the training will need.</summary>
    /// <param name="batch">Images per step.</param>
    /// <param name="width">Width of the input.</param>
    /// <param name="height">Height of the input.</param>
    /// <param name="neededMegabytes">The memory that the training needs.</param>
    /// <param name="freeMegabytes">The memory that is free.</param>
    /// <param name="fittingBatch">The largest batch that would fit; 0 where none would.</param>
    public static Diagnostic LittleMemory(int batch, int width, int height, long neededMegabytes, long freeMegabytes, int fittingBatch) => new(
        "NDB4022", Warning, $"A batch size of {Text(batch)} at {Text(width)}x{Text(height)} pixels needs about {Text(neededMegabytes)} MB, but only {Text(freeMegabytes)} MB are free; {Smaller(fittingBatch)}");

    /// <summary>NDB4030: a checkpoint belongs to another training.</summary>
    public static Diagnostic ForeignCheckpoint(string path)
        => new("NDB4030", Warning, "The checkpoint belongs to another training (its data, configuration, seed, threads or version differ), so this training starts from the beginning", new SourceLocation(path));

    /// <summary>NDB4031: a training was stopped from outside.</summary>
    /// <param name="next">The step that comes next, both numbers from 1; null if the training had not begun.</param>
    public static Diagnostic Cancelled((int Epoch, int Step)? next) => new("NDB4031", Error, next is var (epoch, step)
        ? string.Create(CultureInfo.InvariantCulture, $"The training was stopped before epoch {epoch}, step {step}; the next build resumes it there")
        : "The training was stopped while it started, before it changed anything; the next build starts it again");

    private static string Smaller(int batch) => batch > 0 ? $"try a batch size of {Text(batch)}" : "try a smaller input size";

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Some(ImmutableArray<string> paths)
    {
        const int Most = 32;
        return string.Join(", ", paths.Take(Most)) + (paths.Length > Most ? ", …" : "");
    }
}
