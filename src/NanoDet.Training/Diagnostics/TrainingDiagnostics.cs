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

    /// <summary>NDB4002: batch normalisation would get one value per channel.</summary>
    /// <param name="width">The smallest width of the input.</param>
    /// <param name="height">The smallest height of the input.</param>
    /// <param name="stride">The largest side of an input of which one pixel is left.</param>
    public static Diagnostic OneValuePerChannel(int width, int height, int stride) => new("NDB4002", Error, string.Create(
        CultureInfo.InvariantCulture, $"A batch of 1 image at {width}x{height} pixels leaves 1 value per channel, of which batch normalisation cannot compute a variance; use 2 or more training images and a batch size of 2 or more, or an input that is larger than {stride}x{stride}"));

    /// <summary>NDB4020: a loss, a gradient or a weight is not a finite number.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="step">The step in the epoch, from 1.</param>
    /// <param name="paths">The images of the batch; empty if they are not the reason.</param>
    public static Diagnostic NotANumber(string what, int epoch, int step, ImmutableArray<string> paths) => new(
        "NDB4020", Error, string.Create(CultureInfo.InvariantCulture, $"The {what} is not a finite number at epoch {epoch}, step {step}; the last good checkpoint is kept{(paths.IsEmpty ? "" : $". Images of the batch: {Some(paths)}")}"));

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
    /// <param name="path">The checkpoint.</param>
    /// <param name="differing">What differs, by the names of the inputs of a training.</param>
    public static Diagnostic ForeignCheckpoint(string path, IEnumerable<string> differing)
    {
        string[] words = [.. differing.Select(name => name switch
        {
            "arithmetic" => "vector instructions",
            "backbone" => "weights for the backbone",
            "configuration" => "configuration or seed",
            "dataset" => "data",
            "precision" => "training precision",
            "pretrained" => "pretrained weights",
            _ => name,
        })];
        return new(
            "NDB4030", Warning, $"The checkpoint belongs to another training with other inputs ({string.Join(", ", words)}), so this training starts from the beginning", new SourceLocation(path));
    }

    /// <summary>NDB4031: a training was stopped from outside.</summary>
    /// <param name="next">What comes next, in words; null if the training had not begun.</param>
    public static Diagnostic Cancelled(string? next) => new("NDB4031", Error, next is not null
        ? $"The training was stopped before {next}; the next build resumes it there"
        : "The training was stopped while it started, before it changed anything; the next build starts it again");

    /// <summary>NDB4032: a checkpoint is not what the training wrote.</summary>
    /// <param name="path">The name under which it was put aside.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="hasPrevious">Whether the training resumes from the checkpoint before it.</param>
    public static Diagnostic DamagedCheckpoint(string path, string reason, bool hasPrevious) => new(
        "NDB4032", Warning, $"The checkpoint is damaged and was put aside under this name: {reason.TrimEnd('.')}; {(hasPrevious ? "the training resumes from the checkpoint before it" : "this training starts from the beginning")}", new SourceLocation(path));

    /// <summary>NDB4033: the validation images have no object that the deciding figure counts.</summary>
    /// <param name="figure">NanoDet's name of the figure.</param>
    /// <param name="images">The number of validation images.</param>
    public static Diagnostic NothingToValidate(string figure, int images) => new(
        "NDB4033", Warning, $"The validation part ({Text(images)} {(images == 1 ? "image" : "images")}) has no object that counts for {figure}, which decides which epoch is best; the weights after the last epoch are the model");

    private static string Smaller(int batch) => batch > 0 ? $"try a batch size of {Text(batch)}" : "try a smaller input size";

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Some(ImmutableArray<string> paths)
    {
        const int Most = 32;
        return string.Join(", ", paths.Take(Most)) + (paths.Length > Most ? ", …" : "");
    }
}
