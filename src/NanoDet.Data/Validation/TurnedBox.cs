using NanoDet.Core.Geometry;

namespace NanoDet.Data.Validation;

/// <summary>A box on an image that is turned by an EXIF orientation which swaps its sides (EXIF 2.32, tag 0x0112, 5 to 8).</summary>
internal static class TurnedBox
{
    /// <summary>The box on the image as it is seen.</summary>
    /// <param name="box">The box on the image as it is stored.</param>
    /// <param name="orientation">5 to 8.</param>
    /// <param name="width">Width of the stored image in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    public static BoundingBox Seen(BoundingBox box, int orientation, int width, int height) => orientation switch
    {
        5 => new(box.Top, box.Left, box.Bottom, box.Right),
        6 => new(height - box.Bottom, box.Left, height - box.Top, box.Right),
        7 => new(height - box.Bottom, width - box.Right, height - box.Top, width - box.Left),
        8 => new(box.Top, width - box.Right, box.Bottom, width - box.Left),
        _ => throw new ArgumentOutOfRangeException(nameof(orientation), orientation, "not 5 to 8"),
    };

    /// <summary>The box on the image as it is stored.</summary>
    /// <param name="box">The box on the image as it is seen.</param>
    /// <param name="orientation">5 to 8.</param>
    /// <param name="width">Width of the seen image in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    // A quarter turn one way is undone by one the other way; the two mirrored ones undo themselves.
    public static BoundingBox Stored(BoundingBox box, int orientation, int width, int height)
        => Seen(box, orientation switch { 6 => 8, 8 => 6, _ => orientation }, width, height);
}
