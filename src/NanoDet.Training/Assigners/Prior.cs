using System.Collections.Immutable;

namespace NanoDet.Training.Assigners;

/// <summary>A place that predicts one object.</summary>
/// <param name="X">Its x in pixels of the network's input.</param>
/// <param name="Y">Its y in pixels of the network's input.</param>
/// <param name="Stride">Pixels to the next place; the unit of the predicted distances.</param>
public readonly record struct Prior(float X, float Y, float Stride)
{
    /// <summary>The places of an input in the order of the predictions: map by map, by y, by x.</summary>
    /// <param name="height">Height of the input, in pixels.</param>
    /// <param name="width">Width of the input, in pixels.</param>
    /// <param name="strides">The strides of the maps.</param>
    /// <param name="offset">0 where a place is at the corner of its cell (NanoDet-Plus), 0.5 where it is at the middle (legacy).</param>
    /// <returns>One array a map.</returns>
    public static Prior[][] Levels(int height, int width, ImmutableArray<int> strides, float offset) => [.. strides.Select(stride =>
    {
        var (rows, columns) = ((height + stride - 1) / stride, (width + stride - 1) / stride);
        var level = new Prior[rows * columns];
        for (var i = 0; i < level.Length; i++)
        {
            level[i] = new Prior(((i % columns) + offset) * stride, ((i / columns) + offset) * stride, stride);
        }

        return level;
    })];
}
