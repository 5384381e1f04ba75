namespace NanoDet.Data.Evaluation;

/// <summary>A range of object areas in square pixels, both ends included.</summary>
/// <param name="Low">The smallest area.</param>
/// <param name="High">The largest area.</param>
internal readonly record struct AreaRange(double Low, double High)
{
    /// <summary>COCO's ranges: all, small (to 32²), medium (32² to 96²), large (from 96²).</summary>
    public static IReadOnlyList<AreaRange> Coco { get; } = [new(0, 1e10), new(0, 1024), new(1024, 9216), new(9216, 1e10)];

    /// <summary>Only COCO's range of all areas.</summary>
    public static IReadOnlyList<AreaRange> All { get; } = [Coco[0]];

    /// <summary>Whether an area is in the range.</summary>
    public bool Contains(double area) => area >= Low && area <= High;
}
