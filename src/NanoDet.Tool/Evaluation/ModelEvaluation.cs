using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Labels;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Labels;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Evaluation;

/// <summary>Judges a model on labelled pictures.</summary>
/// <param name="detector">The model.</param>
/// <param name="problems">Takes pictures that cannot be judged; the rest is.</param>
internal sealed class ModelEvaluation(Detector detector, ProblemList problems)
{
    /// <summary>Detects in all pictures and judges what was found.</summary>
    /// <param name="truth">The labels.</param>
    /// <param name="path">Where they came from, for diagnostics.</param>
    /// <param name="quiet">Whether neither progress nor speed are shown.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="DiagnosticException">NDB6110 where no picture is there.</exception>
    public async Task<EvaluationReport> RunAsync(LabelSet truth, string path, bool quiet, CancellationToken cancellation)
    {
        var there = truth.Images.Where(IsThere).ToList();
        if (there.Count == 0)
        {
            throw new DiagnosticException(ToolDiagnostics.NothingToJudge(path));
        }

        var labels = LabelsIn(truth.Classes);
        var judged = new List<PicturedLabels>();
        var detections = new List<EvaluationDetection>();
        await WorkProgress.RunAsync("images", there.Count, quiet, async step =>
        {
            await foreach (var result in detector.DetectManyAsync(there, image => ImageDecoder.Load(image.Picture!), cancellation))
            {
                if (result.Problem is { } problem)
                {
                    problems.Add(problem);
                }
                else
                {
                    detections.AddRange(
                        from found in result.Detections
                        where labels[found.Label] >= 0
                        select new EvaluationDetection(judged.Count, labels[found.Label], found.Box, found.Score));
                    judged.Add(result.Source);
                }

                step();
            }
        });
        return EvaluationCase.Of(truth.Classes, [.. judged.Select(image => image.Labels)]).Judge(detections);
    }

    private bool IsThere(PicturedLabels image)
    {
        if (image.Picture is null)
        {
            problems.Add(LabelDiagnostics.ImageMissing(image.Labels.Location ?? default, image.Labels.FileName));
        }

        return image.Picture is not null;
    }

    /// <summary>For each of the model's classes its label in the truth; -1 where the truth does not know it.</summary>
    private int[] LabelsIn(ClassList truth)
        => [.. detector.Metadata.Classes.Select(name => truth.Names.Index().Where(entry => ClassNames.Same(entry.Item, name)).Select(entry => entry.Index).FirstOrDefault(-1))];
}
