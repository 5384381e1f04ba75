using System.Collections.Immutable;

namespace NanoDet.Training.Assigners;

/// <summary>A place that predicts one object.</summary>
/// <param name="X">Its x in pixels of the network's input.</param>
/// <param name="Y">Its y in pixels of the network's input.</param>
/// <param name="Stride">Pixels to the next place; the unit of the predicted distances.</param>
public readonly record struct Prior(float X, float Y, float Stride)
{
    /// <summary>Returns the priors of an input in the order of the predictions: by feature map, y and x.</summary>
    /// <param name="height">Height of the input, in pixels.</param>
    /// <param name="width">Width of the input, in pixels.</param>
    /// <param name="strides">The strides of the feature maps.</param>
    /// <param name="offset">0 if priors are at the corner of their cell (NanoDet-Plus), 0.5 if they are in the middle (legacy).</param>
    /// <returns>One array per feature map.</returns>
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
