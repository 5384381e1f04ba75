using System.Collections.Immutable;

namespace NanoDet.Data.Datasets;

/// <summary>Ranges of the sizes of boxes: the square root of the area in pixels of the network's input, with limits at its strides and above.</summary>
public static class BoxSizes
{
    private static readonly double[] Limits = [8, 16, 32, 64, 128, 256];

    /// <summary>The names of the ranges, from the smallest to the largest.</summary>
    public static ImmutableArray<string> Names { get; } = ["< 8", "8 – 16", "16 – 32", "32 – 64", "64 – 128", "128 – 256", "≥ 256"];

    /// <summary>The index of the range that a box is in.</summary>
    /// <param name="area">The area of the box in square pixels of the network's input.</param>
    public static int RangeOf(double area) => Limits.Count(limit => Math.Sqrt(area) >= limit);
}
