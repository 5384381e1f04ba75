using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Validation;

/// <summary>Compares the size of the image in its labels with that of the image.</summary>
public static class LabelSize
{
    private const double SameShape = 1.01;

    // Label tools round, and some count the last pixel from 1.
    private const double Edge = 1;

    /// <summary>
    /// Labels for an image of the same shape, to one per cent or one pixel, are scaled to the image. Those for one of another shape could be anywhere, so
    /// they are refused; except where width and height are only swapped because of the EXIF orientation: then the boxes are turned as it says,
    /// unless only as they are do all of them lie on the image.
    /// </summary>
    /// <param name="labels">The labels.</param>
    /// <param name="header">The header of the image.</param>
    /// <param name="policy">Whether its orientation is applied.</param>
    /// <param name="location">The place of the labels.</param>
    /// <param name="diagnostics">Takes NDB1014 to NDB1016.</param>
    /// <returns>The labels for the image's own size; without objects if they are refused.</returns>
    public static LabeledImage Fit(LabeledImage labels, ImageHeader header, OrientationPolicy policy, SourceLocation location, ICollection<Diagnostic> diagnostics)
    {
        var (width, height) = header.SizeUnder(policy);
        if (labels is not { Width: { } labelWidth, Height: { } labelHeight } || (labelWidth == width && labelHeight == height))
        {
            return labels;
        }

        if (header.SwapsSides && labelWidth == height && labelHeight == width)
        {
            // Some tools show the image turned, and write the size of the file.
            var fitsTurned = Fits(labels, labelWidth, labelHeight) || !Fits(labels, width, height);
            diagnostics.Add(LabelDiagnostics.OrientationMismatch(location, header.Orientation, labelWidth, labelHeight, fitsTurned));
            return labels with { Width = width, Height = height, Objects = fitsTurned ? [.. labels.Objects.Select(Turned)] : labels.Objects };
        }

        var (x, y) = ((double)width / labelWidth, (double)height / labelHeight);
        var fits = Math.Max(x / y, y / x) <= SameShape || Math.Abs((labelWidth * y) - width) <= 1 || Math.Abs((labelHeight * x) - height) <= 1;
        diagnostics.Add(fits
            ? LabelDiagnostics.SizeMismatch(location, labelWidth, labelHeight, width, height)
            : LabelDiagnostics.ShapeMismatch(location, labelWidth, labelHeight, width, height));
        return labels with { Width = width, Height = height, Objects = fits ? [.. labels.Objects.Select(labeled => Scale(labeled, x, y))] : [] };

        LabeledObject Turned(LabeledObject labeled) => labeled with
        {
            Box = policy == OrientationPolicy.Apply
                ? TurnedBox.Seen(labeled.Box, header.Orientation, labelWidth, labelHeight)
                : TurnedBox.Stored(labeled.Box, header.Orientation, labelWidth, labelHeight),
        };
    }

    private static bool Fits(LabeledImage labels, int width, int height)
        => labels.Objects.All(labeled => labeled.Box is var box && box.Left >= -Edge && box.Top >= -Edge && box.Right <= width + Edge && box.Bottom <= height + Edge);

    private static LabeledObject Scale(in LabeledObject labeled, double x, double y) => labeled with
    {
        Box = new(labeled.Box.Left * x, labeled.Box.Top * y, labeled.Box.Right * x, labeled.Box.Bottom * y),
        Area = labeled.Area * x * y,
    };
}
