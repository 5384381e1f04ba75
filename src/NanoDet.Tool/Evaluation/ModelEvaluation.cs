using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Labels;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Inputs;
using NanoDet.Tool.Labels;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Evaluation;

/// <summary>Runs a model on labelled images.</summary>
/// <param name="detector">The model.</param>
/// <param name="problems">Takes the images that cannot be used; the others are evaluated.</param>
internal sealed class ModelEvaluation(Detector detector, ProblemList problems)
{
    /// <summary>NanoDet's own threshold: all detections down to this score are part of the precision-recall curve. Load the detector with it.</summary>
    public const double LeastScore = 0.05;

    /// <summary>Detects objects in all images.</summary>
    /// <param name="truth">The labels.</param>
    /// <param name="path">The path of the labels, for diagnostics.</param>
    /// <param name="quiet">Whether to show neither progress nor speed.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>
    /// The images that could be decoded, and the detections in them: image ids are indices into the images, category ids are labels
    /// of the images' classes; detections of other classes are left out.
    /// </returns>
    /// <exception cref="NanoDetException">NDB6110 if none of the images exists.</exception>
    public async Task<(List<PicturedLabels> Images, List<EvaluationDetection> Detections)> DetectAsync(LabelSet truth, string path, bool quiet, CancellationToken cancellation)
    {
        var there = truth.Images.Where(IsThere).Select(image => PictureSize.Fit(image, problems.Add)).ToList();
        if (there.Count == 0)
        {
            throw new NanoDetException(ToolDiagnostics.NothingToJudge(path));
        }

        var labels = LabelsIn(truth.Classes);
        var judged = new List<PicturedLabels>();
        var detections = new List<EvaluationDetection>();
        await WorkProgress.RunAsync("images", there.Count, quiet, async step =>
        {
            await foreach (var result in detector.DetectAsync(there, image => ImageDecoder.Load(image.Picture!), cancellation))
            {
                if (result.Problem is { } problem)
                {
                    TellOf(result.Source);
                    problems.Add(problem);
                }
                else
                {
                    CutPicture.Tell(result.Source.Picture!, problems.Add);
                    detections.AddRange(
                        from found in result.Detections
                        where labels[found.Label] >= 0
                        select new EvaluationDetection(judged.Count, labels[found.Label], found.Box, found.Score));
                    judged.Add(result.Source);
                }

                step();
            }
        });
        return (judged, detections);
    }

    private bool IsThere(PicturedLabels image)
    {
        if (image.Picture is null)
        {
            TellOf(image);
            problems.Add(LabelDiagnostics.ImageMissing(image.Labels.Location ?? default, image.Labels.FileName));
        }

        return image.Picture is not null;
    }

    // With a file about many images, what was made of all of them is told with one.
    private void TellOf(PicturedLabels image)
    {
        foreach (var told in image.Labels.Problems)
        {
            problems.Add(told);
        }
    }

    /// <summary>Returns for each class of the model its label in the labelled images; -1 if they do not have the class.</summary>
    private int[] LabelsIn(ClassList truth)
        => [.. detector.Metadata.Classes.Select(name => truth.Names.Index().Where(entry => ClassNames.Same(entry.Item, name)).Select(entry => entry.Index).FirstOrDefault(-1))];
}
