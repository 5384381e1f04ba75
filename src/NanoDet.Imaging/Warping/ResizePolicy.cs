namespace NanoDet.Imaging.Warping;

/// <summary>How a picture is fitted into a network's input (<c>get_resize_matrix</c> and <c>get_minimum_dst_shape</c> of the original).</summary>
public static class ResizePolicy
{
    /// <summary>The canvas that a picture is drawn on.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="input">The network's input.</param>
    /// <param name="keepRatio">False: the whole input. True: the largest part of it with the picture's aspect ratio.</param>
    public static PixelSize Canvas(PixelSize source, PixelSize input, bool keepRatio)
    {
        if (!keepRatio)
        {
            return input;
        }

        var ratio = Ratio(source, input);
        return new(Side(ratio * source.Width), Side(ratio * source.Height));
    }

    /// <summary>The matrix from the picture to the canvas.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="canvas">What <see cref="Canvas"/> gave.</param>
    /// <param name="keepRatio">False: both axes are scaled on their own. True: by one factor, centred.</param>
    public static Homography Matrix(PixelSize source, PixelSize canvas, bool keepRatio)
    {
        if (!keepRatio)
        {
            return Homography.Scale((double)canvas.Width / source.Width, (double)canvas.Height / source.Height);
        }

        var ratio = Ratio(source, canvas);
        return Homography.Translate(0.5 * canvas.Width, 0.5 * canvas.Height)
            * (Homography.Scale(ratio, ratio) * Homography.Translate(-0.5 * source.Width, -0.5 * source.Height));
    }

    private static double Ratio(PixelSize source, PixelSize target)
        => (double)source.Width / source.Height < (double)target.Width / target.Height
            ? (double)target.Height / source.Height
            : (double)target.Width / source.Width;

    // A picture far longer than wide must not vanish: the original fails there.
    private static int Side(double length) => Math.Max((int)length, 1);
}
