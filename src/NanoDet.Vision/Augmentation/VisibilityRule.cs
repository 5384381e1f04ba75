using NanoDet.Core.Geometry;
using NanoDet.Imaging;

namespace NanoDet.Vision.Augmentation;

/// <summary>
/// The rule for which boxes are kept after a transform. A sliver at the border would teach the network that a few pixels
/// of background are an object, so hardly visible boxes are left out.
/// </summary>
/// <param name="MinimumShare">The smallest share of the transformed box's area on the canvas, 0 to 1.</param>
/// <param name="MinimumSize">The smallest width and height of the part on the canvas, in pixels of the canvas.</param>
public sealed record VisibilityRule(double MinimumShare, double MinimumSize)
{
    /// <summary>A tenth of the box and two pixels.</summary>
    public static VisibilityRule Default { get; } = new(0.1, 2);

    /// <summary>
    /// Whether a box is kept. Of an ignored object, every part on the canvas counts: what is left out would be learnt as background.
    /// </summary>
    /// <param name="visibility">What <see cref="Judge"/> returned for it.</param>
    /// <param name="isIgnored">Whether its object is ignored.</param>
    public static bool Keeps(BoxVisibility visibility, bool isIgnored)
        => visibility == BoxVisibility.Kept || (isIgnored && visibility != BoxVisibility.Outside);

    /// <summary>Decides about a box.</summary>
    /// <param name="moved">The transformed box, not clipped.</param>
    /// <param name="canvas">The canvas.</param>
    public BoxVisibility Judge(BoundingBox moved, PixelSize canvas)
    {
        var visible = moved.Clip(canvas.Width, canvas.Height);
        return visible.IsDegenerate ? BoxVisibility.Outside
            : visible.Area < MinimumShare * moved.Area ? BoxVisibility.HardlyVisible
            : Math.Min(visible.Width, visible.Height) < MinimumSize ? BoxVisibility.TooSmall
            : BoxVisibility.Kept;
    }
}
