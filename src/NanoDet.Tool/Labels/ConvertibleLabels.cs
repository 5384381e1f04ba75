using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Validation;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Labels;

/// <summary>What of a set of labels can be written in another format.</summary>
internal static class ConvertibleLabels
{
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
                return image with { Labels = ObjectCheck.Run(labels, labels.Location ?? new(labels.FileName), problems) };
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

    // Only COCO has crowds, and YOLO has no flags at all.
    private static bool IsUnsaid(in LabeledObject labeled, LabelFormat format) => format switch
    {
        LabelFormat.Coco => false,
        LabelFormat.Yolo => labeled.Crowd || labeled.Difficult,
        _ => labeled.Crowd,
    };
}
