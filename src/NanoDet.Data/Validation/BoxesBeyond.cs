using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Validation;

/// <summary>Says once that numbers probably mean something else, where most boxes of a data set reach beyond their images.</summary>
internal static class BoxesBeyond
{
    // Of fewer boxes, some may be drawn so.
    private const int Fewest = 5;

    // As where boxes are cut (EdgeCheck).
    private const double Tolerance = 0.5;

    /// <summary>Counts the boxes.</summary>
    /// <param name="images">The labels and the size of each image, as boxes are in pixels of it; labels that say a size of their own are in pixels of that one.</param>
    /// <returns>NDB1037; null where most boxes are inside.</returns>
    public static Diagnostic? Find(IEnumerable<(LabeledImage Labels, int Width, int Height)> images)
    {
        var (all, beyond) = (0, 0);
        SourceLocation? first = null;
        foreach (var (labels, imageWidth, imageHeight) in images)
        {
            var (width, height) = labels is { Width: { } ownWidth, Height: { } ownHeight } ? (ownWidth, ownHeight) : (imageWidth, imageHeight);
            foreach (ref readonly var labeled in labels.Objects.AsSpan())
            {
                all++;
                var box = labeled.Box;
                if (Math.Max(Math.Max(-box.Left, -box.Top), Math.Max(box.Right - width, box.Bottom - height)) > Tolerance)
                {
                    beyond++;
                    first ??= labeled.BoxLocation ?? labeled.Location ?? labels.Location;
                }
            }
        }

        return all >= Fewest && beyond * 2 > all && first is { } place ? LabelDiagnostics.MostBoxesBeyond(place, beyond, all) : null;
    }
}
