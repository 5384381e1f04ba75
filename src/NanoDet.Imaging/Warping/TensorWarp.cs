using NanoDet.Imaging.Colors;

namespace NanoDet.Imaging.Warping;

/// <summary>Turns a decoded image into a network's input in one pass.</summary>
public static class TensorWarp
{
    /// <summary>The number of floats of an input: three planes.</summary>
    public static int LengthOf(PixelSize tensor) => checked(3 * tensor.Width * tensor.Height);

    /// <summary>Warps, changes colours and normalises.</summary>
    /// <param name="source">The image.</param>
    /// <param name="matrix">From the image to the canvas.</param>
    /// <param name="canvas">The part of the input, from its top left corner, that the warp fills; black outside the image.</param>
    /// <param name="normalization">Mean and standard deviation.</param>
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
