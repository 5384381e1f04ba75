using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Labels;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Inputs;
using NanoDet.Tool.Labels;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Detecting;

/// <summary>What a model finds in labelled images.</summary>
/// <param name="Images">The images that could be used, with their labels scaled to them.</param>
/// <param name="Detections">The detections; the image id is the index in <paramref name="Images"/>, the category id is the index of the class of the labels.</param>
internal sealed record LabelledDetection(ImmutableArray<PicturedLabels> Images, ImmutableArray<EvaluationDetection> Detections)
{
    /// <summary>NanoDet's own threshold: all detections down to this score are part of the precision-recall curve. Load the detector with it.</summary>
    public const double LeastScore = 0.05;

    /// <summary>Detects objects in all labelled images; detections of classes that the labels do not have are left out.</summary>
    /// <param name="detector">The model.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="path">The path of the labels, for diagnostics.</param>
    /// <param name="problems">Takes the images that cannot be used.</param>
    /// <param name="quiet">Whether to show neither progress nor speed.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="NanoDetException">NDB6110 if none of the images exists; NDB6122 if the model has none of the classes.</exception>
    public static async Task<LabelledDetection> RunAsync(
        Detector detector, LabelSet labels, string path, ProblemList problems, bool quiet, CancellationToken cancellation)
    {
        var there = labels.Images.Where(image => IsThere(image, problems)).Select(image => PictureSize.Fit(image, problems.Add)).ToList();
        if (there.Count == 0)
        {
            throw new NanoDetException(ToolDiagnostics.NothingToJudge(path));
        }

        var indices = LabelsIn(detector, labels.Classes);
        if (labels.Classes.Names.Length > 0 && Array.TrueForAll(indices, index => index < 0))
        {
            throw new NanoDetException(ToolDiagnostics.NoCommonClass(path, detector.Metadata.Classes, labels.Classes.Names));
        }

        var used = ImmutableArray.CreateBuilder<PicturedLabels>();
        var detections = ImmutableArray.CreateBuilder<EvaluationDetection>();
        await WorkProgress.RunAsync("images", there.Count, quiet, async step =>
        {
            await foreach (var result in detector.DetectAsync(there, image => ImageDecoder.Load(image.Picture!), cancellation))
            {
                if (result.Problem is { } problem)
                {
                    TellOf(result.Source, problems);
                    problems.Add(problem);
                }
                else
                {
                    CutPicture.Tell(result.Source.Picture!, problems.Add);
                    detections.AddRange(
                        from found in result.Detections
                        where indices[found.Label] >= 0
                        select new EvaluationDetection(used.Count, indices[found.Label], found.Box, found.Score));
                    used.Add(result.Source);
                }

                step();
            }
        });
        return new(used.DrainToImmutable(), detections.DrainToImmutable());
    }

    private static bool IsThere(PicturedLabels image, ProblemList problems)
    {
        if (image.Picture is null)
        {
            TellOf(image, problems);
            problems.Add(LabelDiagnostics.ImageMissing(image.Labels.Location ?? default, image.Labels.FileName));
        }

        return image.Picture is not null;
    }

    // With a file about many images, what was made of all of them is told with one.
    private static void TellOf(PicturedLabels image, ProblemList problems)
    {
        foreach (var told in image.Labels.Problems)
        {
            problems.Add(told);
        }
    }

    /// <summary>Returns for each class of the model its label in the labelled images; -1 if they do not have the class.</summary>
    private static int[] LabelsIn(Detector detector, ClassList classes)
        => [.. detector.Metadata.Classes.Select(name => classes.Names.Index().Where(entry => ClassNames.Same(entry.Item, name)).Select(entry => entry.Index).FirstOrDefault(-1))];
}
