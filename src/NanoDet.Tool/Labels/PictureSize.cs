using NanoDet.Core.Diagnostics;
using NanoDet.Data.Images;
using NanoDet.Data.Validation;

namespace NanoDet.Tool.Labels;

/// <summary>Labels for an image of another size, as a build treats them.</summary>
internal static class PictureSize
{
    /// <summary>Scales labels to their image (<see cref="LabelSize"/>); those without an image that can be read stay as they are.</summary>
    /// <param name="image">The labels and the image.</param>
    /// <param name="problem">Takes NDB1014 to NDB1016.</param>
    public static PicturedLabels Fit(PicturedLabels image, Action<Diagnostic> problem)
    {
        if (image.Picture is not { } picture)
        {
            return image;
        }

        var found = new List<Diagnostic>();
        try
        {
            var labels = LabelSize.Fit(image.Labels, ImageHeaderReader.Read(picture), OrientationPolicy.Apply, image.Labels.Location ?? new(picture), found);
            found.ForEach(problem);
            return image with { Labels = labels };
        }
        catch (NanoDetException)
        {
            // Whoever decodes it says so.
            return image;
        }
    }
}
