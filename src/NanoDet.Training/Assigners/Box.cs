using NanoDet.Core.Geometry;

namespace NanoDet.Training.Assigners;

/// <summary>A box in single precision, as in the network, because the assigners must agree with the losses to the last bit.</summary>
/// <param name="Left">The smaller x, in pixels.</param>
/// <param name="Top">The smaller y, in pixels.</param>
/// <param name="Right">The larger x, in pixels.</param>
/// <param name="Bottom">The larger y, in pixels.</param>
public readonly record struct Box(float Left, float Top, float Right, float Bottom)
{
    private const float SmallestUnion = 1e-6f;

    /// <summary>The box of a label.</summary>
    public static Box Of(BoundingBox box) => new((float)box.Left, (float)box.Top, (float)box.Right, (float)box.Bottom);

    /// <summary>Intersection over union (<c>bbox_overlaps</c> of the original).</summary>
    public float IoU(Box other)
    {
        var width = Math.Max(Math.Min(Right, other.Right) - Math.Max(Left, other.Left), 0);
        var height = Math.Max(Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top), 0);
        var overlap = width * height;
        return overlap / Math.Max(Area + other.Area - overlap, SmallestUnion);
    }

    /// <summary>Returns the distance of a point to the nearest side, in pixels; negative outside.</summary>
    public float Depth(float x, float y) => Math.Min(Math.Min(x - Left, y - Top), Math.Min(Right - x, Bottom - y));

    private float Area => (Right - Left) * (Bottom - Top);
}
