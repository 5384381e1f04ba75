using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Validation;

/// <summary>Checks images one by one. It has no state, so many threads can use it.</summary>
/// <param name="classes">The classes.</param>
/// <param name="policy">The settings of the checks.</param>
public sealed class ImageJudge(ClassList classes, ValidationPolicy policy)
{
    // COCO files that NanoDet.Build writes have six decimals.
    private const double Rounding = 1e-6;

    /// <summary>Checks an image with its labels.</summary>
    /// <param name="image">The image.</param>
    /// <param name="diagnostics">Takes the problems.</param>
    /// <returns>The image as training sees it, in <see cref="DatasetPart.Train"/> until it is split; null if it is left out.</returns>
    public DatasetImage? Judge(ImageToJudge image, ICollection<Diagnostic> diagnostics)
    {
        if (!image.Header.Fits(image.File))
        {
            diagnostics.Add(LabelDiagnostics.ExtensionMismatch(new(image.File), image.Header.Format.ToString()));
        }

        if (image.Header.EndsEarly)
        {
            diagnostics.Add(ImageDiagnostics.EndsEarly(image.File));
        }

        if (image.Labels is null && !image.Negative && policy.Unlabeled == UnlabeledPolicy.LeaveOut)
        {
            diagnostics.Add(LabelDiagnostics.LabelsMissing(new(image.File)));
            return null;
        }

        var (width, height) = image.Header.SizeUnder(policy.Orientation);
        var objects = ImmutableArray.CreateBuilder<DatasetObject>(image.Labels?.Objects.Length ?? 0);
        if (image.Labels is { } labels)
        {
            foreach (var problem in labels.Problems)
            {
                diagnostics.Add(problem);
            }

            var location = labels.Location ?? new(image.File);
            if (NameCheck.Run(labels, image.Path, location) is { } named)
            {
                diagnostics.Add(named);
            }

            labels = ObjectCheck.Run(LabelSize.Fit(Wanted(labels), image.Header, policy.Orientation, location, diagnostics), location, diagnostics);
            foreach (ref readonly var labeled in labels.Objects.AsSpan())
            {
                if (Judge(labeled, location, width, height, diagnostics) is { } judged)
                {
                    objects.Add(judged);
                }
            }

            CountObjects(objects, location, diagnostics);
        }

        return new(image.Path, image.ContentHash, width, height, DatasetPart.Train, objects.DrainToImmutable())
        {
            Orientation = image.Header.OrientationUnder(policy.Orientation),
            Weight = image.Weight,
        };
    }

    private LabeledImage Wanted(LabeledImage labels)
    {
        labels = classes.Rename(labels);
        return policy.OtherClasses == OtherClassPolicy.Error ? labels
            : labels with { Objects = labels.Objects.RemoveAll(labeled => classes.IndexOf(labeled.ClassName) < 0) };
    }

    private void CountObjects(ImmutableArray<DatasetObject>.Builder objects, SourceLocation location, ICollection<Diagnostic> diagnostics)
    {
        if (objects.Count <= CocoEvaluator.MaxDetections)
        {
            return;
        }

        foreach (var (label, count) in objects.Where(judged => !judged.Ignored).CountBy(judged => judged.Label).Where(entry => entry.Value > CocoEvaluator.MaxDetections))
        {
            diagnostics.Add(LabelDiagnostics.ManyObjects(location, classes.Names[label], count, CocoEvaluator.MaxDetections));
        }
    }

    private DatasetObject? Judge(
        in LabeledObject labeled, SourceLocation file, int width, int height, ICollection<Diagnostic> diagnostics)
    {
        var location = labeled.Location ?? file;
        var boxLocation = labeled.BoxLocation ?? location;
        var label = classes.IndexOf(labeled.ClassName);
        if (label < 0)
        {
            diagnostics.Add(LabelDiagnostics.UnknownClass(location, labeled.ClassName, classes.Suggest(labeled.ClassName)));
            return null;
        }

        if (labeled.Difficult && policy.Difficult == DifficultPolicy.Drop)
        {
            return null;
        }

        if (EdgeCheck.Run(labeled, boxLocation, width, height, policy.Outside, diagnostics) is not { } box)
        {
            return null;
        }

        return new(label, box)
        {
            Ignored = labeled.Crowd || (labeled.Difficult && policy.Difficult == DifficultPolicy.Ignore),
            Crowd = labeled.Crowd,
            Difficult = labeled.Difficult,
            Truncated = labeled.Truncated,
            Area = OwnArea(labeled),
        };
    }

    // An area that is only that of the box says nothing: the same labels mean the same in a format with areas and in one without.
    private static double? OwnArea(in LabeledObject labeled)
        => labeled.Area is { } area && Math.Abs(area - labeled.Box.Area) > Rounding * (labeled.Box.Width + labeled.Box.Height + 1) ? area : null;
}
