using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Validation;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Labels;

/// <summary>What of a set of labels can be written in another format.</summary>
internal static class ConvertibleLabels
{
    /// <summary>
    /// The labels without those whose image is not there, which are told, if others are: a build refuses them. Without any image, labels are
    /// converted alone.
    /// </summary>
    /// <param name="set">The labels.</param>
    /// <param name="problem">Takes NDB1020, NDB1024, and what is wrong with the labels that are left out.</param>
    public static LabelSet WithImages(LabelSet set, Action<Diagnostic> problem)
    {
        if (set.Missing.IsEmpty || set.Images.All(image => image.Picture is null))
        {
            return set;
        }

        set.Missing.ToList().ForEach(problem);
        var places = set.Missing.Select(told => told.Location).ToHashSet();
        var missing = set.Images.ToLookup(image => image.Picture is null && places.Contains(image.Labels.Location));
        foreach (var found in missing[true].SelectMany(image => image.Labels.Problems))
        {
            problem(found); // What is wrong with labels is told by every verb, whatever becomes of their image.
        }

        return set with { Images = [.. missing[false]] };
    }

    /// <summary>The labels without what is no object, as a build would leave it out.</summary>
    /// <param name="set">The labels.</param>
    /// <param name="format">The format to write.</param>
    /// <param name="problem">Takes what is wrong with them, and what the format cannot say.</param>
    public static LabelSet Of(LabelSet set, LabelFormat format, Action<Diagnostic> problem)
    {
        var problems = new List<Diagnostic>();
        var valid = set with
        {
            Images = [.. set.Images.Select(image =>
            {
                problems.AddRange(image.Labels.Problems);
                var labels = PictureSize.Fit(image, problems.Add).Labels;
                var location = labels.Location ?? new(labels.FileName);
                labels = ObjectCheck.Run(labels, location, problems);
                return image with { Labels = format == LabelFormat.Yolo ? Clipped(labels, location, problems) : labels };
            })],
        };
        problems.ForEach(problem);
        var unsaid = valid.Images.Sum(image => image.Labels.Objects.Count(labeled => IsUnsaid(labeled, format)));
        if (unsaid > 0)
        {
            problem(ToolDiagnostics.FlagsLost(unsaid, format.ToString()));
        }

        return valid;
    }

    // Tools that read YOLO pass over a whole file with a box that reaches beyond the image.
    private static LabeledImage Clipped(LabeledImage labels, SourceLocation file, List<Diagnostic> problems)
    {
        if (labels is not { Width: { } width, Height: { } height })
        {
            return labels;
        }

        var objects = ImmutableArray.CreateBuilder<LabeledObject>(labels.Objects.Length);
        foreach (var labeled in labels.Objects)
        {
            if (EdgeCheck.Run(labeled, labeled.BoxLocation ?? labeled.Location ?? file, width, height, OutsidePolicy.Clip, problems) is { } box)
            {
                objects.Add(labeled with { Box = box });
            }
        }

        return labels with { Objects = objects.DrainToImmutable() };
    }

    // Only COCO has crowds, and YOLO has no flags at all.
    private static bool IsUnsaid(in LabeledObject labeled, LabelFormat format) => format switch
    {
        LabelFormat.Coco => false,
        LabelFormat.Yolo => labeled.Crowd || labeled.Difficult,
        _ => labeled.Crowd,
    };
}
