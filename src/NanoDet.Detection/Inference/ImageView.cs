using System.Collections.Immutable;
using NanoDet.Core.Geometry;
using NanoDet.Imaging;
using NanoDet.Imaging.Warping;

namespace NanoDet.Detection.Inference;

/// <summary>What the network sees of an image: all of it, or a part at one of its corners, as it is or mirrored.</summary>
/// <param name="Share">The width and the height of the part, each as a share of the image's, up to 1.</param>
/// <param name="AtRight">Whether the part is at the right side of the image, or at the left one.</param>
/// <param name="AtBottom">Whether it is at the bottom, or at the top.</param>
/// <param name="IsMirrored">Whether left and right change places.</param>
internal sealed record ImageView(double Share, bool AtRight, bool AtBottom, bool IsMirrored)
{
    // A part shows objects half as large again, and two opposite parts overlap by more than a third of the image.
    private const double Part = 0.7;

    // Nearer to where a view cuts the image than this share of its width or height, an object may be cut.
    private const double Margin = 0.02;

    /// <summary>The image as it is.</summary>
    public static ImageView Whole { get; } = new(1, AtRight: false, AtBottom: false, IsMirrored: false);

    /// <summary>Views for test-time augmentation: the image, and its four corners enlarged; half of them mirrored.</summary>
    public static ImmutableArray<ImageView> Augmented { get; } =
    [
        Whole,
        Whole with { IsMirrored = true },
        new(Part, AtRight: false, AtBottom: false, IsMirrored: false),
        new(Part, AtRight: true, AtBottom: false, IsMirrored: true),
        new(Part, AtRight: false, AtBottom: true, IsMirrored: true),
        new(Part, AtRight: true, AtBottom: true, IsMirrored: false),
    ];

    /// <summary>Width and height of the view, in pixels of the image.</summary>
    public PixelSize SizeIn(PixelSize image) => new(Side(image.Width), Side(image.Height));

    /// <summary>From the image to the view, for boxes.</summary>
    public Homography From(PixelSize image)
    {
        var size = SizeIn(image);
        var cut = Homography.Translate(AtRight ? size.Width - image.Width : 0, AtBottom ? size.Height - image.Height : 0);
        return IsMirrored ? Homography.Translate(size.Width, 0) * Homography.Scale(-1, 1) * cut : cut;
    }

    /// <summary>Whether all of an object is in the view.</summary>
    /// <param name="box">Its box, in pixels of the image.</param>
    /// <param name="image">Width and height of the image.</param>
    public bool Shows(BoundingBox box, PixelSize image)
    {
        var size = SizeIn(image);
        return Shows(AtRight, box.Left, box.Right, size.Width, image.Width) && Shows(AtBottom, box.Top, box.Bottom, size.Height, image.Height);
    }

    private static bool Shows(bool atEnd, double low, double high, int side, int whole)
        => side == whole || (atEnd ? low > whole - side + (Margin * side) : high < side - (Margin * side));

    private int Side(int whole) => Math.Max((int)Math.Round(whole * Share), 1);
}
