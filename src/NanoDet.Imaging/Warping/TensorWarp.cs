using NanoDet.Imaging.Colors;

namespace NanoDet.Imaging.Warping;

/// <summary>One pass from a decoded picture to a network's input.</summary>
public static class TensorWarp
{
    /// <summary>Floats that an input of a size takes: three planes.</summary>
    public static int LengthOf(PixelSize tensor) => checked(3 * tensor.Width * tensor.Height);

    /// <summary>Warps, changes colours and normalises.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="matrix">From the picture to the canvas.</param>
    /// <param name="canvas">The part of the input, from its top left corner, that the warp fills; black where the picture does not reach.</param>
    /// <param name="normalization">Mean and deviation.</param>
    /// <param name="jitter">Colour changes before the normalisation.</param>
    /// <param name="tensor">[3, height, width], blue first; the part right of and below the canvas becomes 0.</param>
    /// <param name="tensorSize">Width and height of the input, at least the canvas's.</param>
    public static void Write(
        PixelImage source,
        in Homography matrix,
        PixelSize canvas,
        Normalization normalization,
        ColorJitter jitter,
        Span<float> tensor,
        PixelSize tensorSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tensorSize.Width, canvas.Width);
        ArgumentOutOfRangeException.ThrowIfLessThan(tensorSize.Height, canvas.Height);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tensor.Length, LengthOf(tensorSize));
        using var warp = new PerspectiveWarp(source, matrix, canvas.Width);
        var color = new ColorRow(normalization, jitter);
        var plane = tensorSize.Width * tensorSize.Height;
        var blue = tensor[..plane];
        var green = tensor[plane..(2 * plane)];
        var red = tensor[(2 * plane)..];
        for (var y = 0; y < canvas.Height; y++)
        {
            var start = y * tensorSize.Width;
            var end = start + canvas.Width;
            color.Write(warp.Row(y), blue[start..end], green[start..end], red[start..end]);
            var padding = tensorSize.Width - canvas.Width;
            blue.Slice(end, padding).Clear();
            green.Slice(end, padding).Clear();
            red.Slice(end, padding).Clear();
        }

        var below = canvas.Height * tensorSize.Width;
        blue[below..].Clear();
        green[below..].Clear();
        red[below..].Clear();
    }
}
