using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Evaluation.Details;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Pipeline.Reports;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Labels;
using NanoDet.Vision.Preview;

namespace NanoDet.Tool.Evaluation;

/// <summary>Labelled images that a model was run on, as a part of its report.</summary>
internal static class ReportedLabels
{
    /// <summary>Evaluates the detections, and adds the pictures of the worst images.</summary>
    /// <param name="classes">The classes of the labels.</param>
    /// <param name="images">The images, all of which could be decoded.</param>
    /// <param name="detections">The detections: image ids are indices into the images, category ids are labels.</param>
    /// <param name="threshold">Detections with at least this score are accepted.</param>
    /// <param name="problem">Takes what is wrong with the labels.</param>
    /// <exception cref="NanoDetException">NDB1200 to NDB1203: an image cannot be decoded any more.</exception>
    public static ReportPart Of(
        ClassList classes, IReadOnlyList<PicturedLabels> images, IReadOnlyCollection<EvaluationDetection> detections, double threshold, Action<Diagnostic> problem)
    {
        var objects = EvaluationCase.Of(classes, [.. images.Select(image => image.Labels)], problem).Truths.ToLookup(truth => truth.ImageId);
        ImmutableArray<DatasetImage> judged = [.. images.Select((image, index) => Image(image, objects[index]))];
        var files = judged.Zip(images).DistinctBy(entry => entry.First.Path).ToDictionary(entry => entry.First.Path, entry => entry.Second.Picture!, StringComparer.Ordinal);
        return new(
            "labelled images",
            PartResult.Of(classes.Names, judged, detections, LabelledDetection.LeastScore),
            WorstPictures.Show(PartDetails.Of(classes.Names.Length, judged, detections, threshold), judged, image => files[image.Path]));
    }

    private static DatasetImage Image(PicturedLabels image, IEnumerable<EvaluationTruth> objects)
    {
        var header = ImageHeaderReader.Read(image.Picture!);
        var (width, height) = header.SizeUnder(OrientationPolicy.Apply);
        return new(image.Labels.FileName, "", width, height, DatasetPart.Test,
            [.. objects.Select(truth => new DatasetObject(truth.CategoryId, truth.Box) { Ignored = truth.Ignored, Crowd = truth.Crowd, Area = truth.Area })])
        {
            Orientation = header.OrientationUnder(OrientationPolicy.Apply),
        };
    }
}
