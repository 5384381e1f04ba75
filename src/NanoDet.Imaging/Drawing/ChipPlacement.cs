using SkiaSharp;

namespace NanoDet.Imaging.Drawing;

/// <summary>Places name chips so that they overlap as little as possible.</summary>
/// <param name="canvas">The picture.</param>
internal sealed class ChipPlacement(SKRect canvas)
{
    private readonly List<SKRect> _taken = [];

    /// <summary>Chooses the best place for a chip: above its box, inside at the top, below, inside at the bottom; left or right.</summary>
    /// <param name="box">The box, clipped to the picture.</param>
    /// <param name="width">Width of the chip.</param>
    /// <param name="height">Height of the chip.</param>
    /// <param name="line">Width of the box's line.</param>
    public SKRect Take(SKRect box, float width, float height, float line)
    {
        var best = default(SKRect);
        var least = float.MaxValue;
        ReadOnlySpan<float> tops = [box.Top - height - (line / 2), box.Top - (line / 2), box.Bottom + (line / 2), box.Bottom - height + (line / 2)];
        ReadOnlySpan<float> lefts = [box.Left - (line / 2), box.Right - width + (line / 2)];
        foreach (var left in lefts)
        {
            foreach (var top in tops)
            {
                var place = Inside(SKRect.Create(left, top, width, height));
                // A place that had to be moved into the picture is worse than one that fits.
                var cost = Covered(place) + (Math.Abs(place.Top - top) * width);
                if (cost < least)
                {
                    (best, least) = (place, cost);
                }
            }
        }

        _taken.Add(best);
        return best;
    }

    private float Covered(SKRect place)
    {
        var area = 0f;
        foreach (var other in _taken)
        {
            var width = Math.Min(place.Right, other.Right) - Math.Max(place.Left, other.Left);
            var height = Math.Min(place.Bottom, other.Bottom) - Math.Max(place.Top, other.Top);
            area += width > 0 && height > 0 ? width * height : 0;
        }

        return area;
    }

    private SKRect Inside(SKRect place)
    {
        place.Offset(Math.Min(0, canvas.Right - place.Right), Math.Min(0, canvas.Bottom - place.Bottom));
        place.Offset(Math.Max(0, canvas.Left - place.Left), Math.Max(0, canvas.Top - place.Top));
        return place;
    }
}
