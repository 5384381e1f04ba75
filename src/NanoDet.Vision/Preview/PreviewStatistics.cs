using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Imaging;
using NanoDet.Imaging.Warping;

namespace NanoDet.Vision.Preview;

/// <summary>A count with its caption.</summary>
/// <param name="Name">The caption.</param>
/// <param name="Count">The count.</param>
public readonly record struct PreviewCount(string Name, int Count);

/// <summary>Statistics of a data set.</summary>
public sealed record PreviewStatistics
{
    private const int Grid = 16;
    private static readonly double[] AspectLimits = [0.25, 0.5, 0.8, 1.25, 2, 4];

    /// <summary>Pictures.</summary>
    public required int Pictures { get; init; }

    /// <summary>Pictures without a box.</summary>
    public required int WithoutBoxes { get; init; }

    /// <summary>Boxes.</summary>
    public required int Boxes { get; init; }

    /// <summary>Pictures whose file has the same content as an earlier one.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Boxes of each class, in label order.</summary>
    public required ImmutableArray<PreviewCount> Classes { get; init; }

    /// <summary>Pictures of each part, by name.</summary>
    public required ImmutableArray<PreviewCount> Parts { get; init; }

    /// <summary>The size of the network's input, such as 320x320, in whose pixels boxes are measured.</summary>
    public required string Input { get; init; }

    /// <summary>Boxes by the square root of their area in pixels of the network's input, in ranges between the strides and above.</summary>
    public required ImmutableArray<PreviewCount> Sizes { get; init; }

    /// <summary>Boxes by the ratio of width to height in the network's input.</summary>
    public required ImmutableArray<PreviewCount> Aspects { get; init; }

    /// <summary>Centres of boxes in a grid of 16 by 16 over the image, row by row.</summary>
    public required ImmutableArray<int> Positions { get; init; }

    /// <summary>Counts pictures and boxes.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="classes">Class names in label order.</param>
    /// <param name="input">The size of the network's input, to which images are stretched before boxes are measured.</param>
    public static PreviewStatistics Of(IReadOnlyCollection<PreviewPicture> pictures, IReadOnlyList<string> classes, PixelSize input)
    {
        var (perClass, sizes, aspects, positions) = (new int[classes.Count], new int[BoxSizes.Names.Length], new int[AspectLimits.Length + 1], new int[Grid * Grid]);
        foreach (var picture in pictures)
        {
            var resize = ResizePolicy.Matrix(new(picture.Width, picture.Height), input, keepRatio: false);
            foreach (var box in picture.Boxes.Where(box => !box.Box.IsDegenerate))
            {
                var seen = resize.MapBox(box.Box);
                perClass[box.Label]++;
                sizes[BoxSizes.RangeOf(seen.Area)]++;
                aspects[AspectLimits.Count(limit => seen.Width / seen.Height >= limit)]++;
                positions[Cell(seen, input)]++;
            }
        }

        return new()
        {
            Pictures = pictures.Count,
            WithoutBoxes = pictures.Count(picture => picture.Boxes.IsEmpty),
            Boxes = perClass.Sum(),
            Duplicates = pictures.Where(picture => picture.ContentHash.Length > 0).GroupBy(picture => picture.ContentHash).Sum(group => group.Count() - 1),
            Classes = [.. classes.Zip(perClass, (name, count) => new PreviewCount(name, count))],
            Parts = [.. pictures.GroupBy(picture => picture.Part).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new PreviewCount(group.Key, group.Count()))],
            Input = string.Create(CultureInfo.InvariantCulture, $"{input.Width}x{input.Height}"),
            Sizes = Name(BoxSizes.Names, sizes),
            Aspects = Name(["< 1:4", "1:4 – 1:2", "1:2 – 4:5", "about square", "5:4 – 2:1", "2:1 – 4:1", "> 4:1"], aspects),
            Positions = [.. positions],
        };
    }

    private static int Cell(BoundingBox box, PixelSize input)
    {
        var x = (int)Math.Clamp((box.Left + box.Right) / 2 / input.Width * Grid, 0, Grid - 1);
        var y = (int)Math.Clamp((box.Top + box.Bottom) / 2 / input.Height * Grid, 0, Grid - 1);
        return (y * Grid) + x;
    }

    private static ImmutableArray<PreviewCount> Name(IEnumerable<string> names, int[] counts) => [.. names.Zip(counts, (name, count) => new PreviewCount(name, count))];
}
