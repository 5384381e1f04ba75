using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NanoDet.Core.Geometry;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Data.Linting;

/// <summary>
/// A finding that a person has looked at and found that the label is right. It is known by its meaning: no line of a label file is in it, so
/// the file may be sorted or converted.
/// </summary>
/// <param name="Code">The code of the finding.</param>
/// <param name="Image">Path of the image, for people.</param>
/// <param name="Sha256">SHA-256 of the image file, lower-case hexadecimal: in a renamed image, the finding stays accepted.</param>
/// <param name="Class">The class of the object; of one without a label, the class that it looks like.</param>
/// <param name="Box">Left, top, right and bottom of the object in whole pixels of the image.</param>
public sealed record AcceptedFinding(string Code, string Image, string Sha256, string Class, ImmutableArray<int> Box)
{
    // Another model sees a box a little elsewhere, and a person may move its edges.
    private const double SamePlace = 0.5;
    private const int Sides = 4;
    private const int IdLength = 8;

    /// <summary>Whether the file may hold it.</summary>
    internal bool IsWhole => Box.Length == Sides && Sha256.Length == 2 * ContentHash.Length;

    /// <summary>Eight hexadecimal digits that name the finding on a command line: a hash over its meaning, without the image's path.</summary>
    internal string Id => ContentHash.Of(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{Code}\n{Sha256}\n{Class}\n{string.Join(',', Box)}"))).ToString(IdLength);

    /// <summary>Makes the finding's meaning.</summary>
    /// <param name="code">The code of the finding.</param>
    /// <param name="image">Path of the image.</param>
    /// <param name="contentHash">SHA-256 of the image file, lower-case hexadecimal.</param>
    /// <param name="className">The class of the object.</param>
    /// <param name="box">The box of the object, in pixels of the image.</param>
    public static AcceptedFinding Of(string code, string image, string contentHash, string className, BoundingBox box)
        => new(code, image, contentHash, className, [Whole(box.Left), Whole(box.Top), Whole(box.Right), Whole(box.Bottom)]);

    /// <summary>Whether both are about the same object: the same image, class and code, and boxes that overlap by half.</summary>
    internal bool IsSame(AcceptedFinding other)
        => Code == other.Code && Sha256 == other.Sha256 && Class == other.Class && Area.IntersectionOverUnion(other.Area) >= SamePlace;

    private BoundingBox Area => new(Box[0], Box[1], Box[2], Box[3]);

    private static int Whole(double side) => (int)Math.Round(side, MidpointRounding.AwayFromZero);
}
