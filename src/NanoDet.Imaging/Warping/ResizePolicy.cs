namespace NanoDet.Imaging.Warping;

/// <summary>How an image is resized to a network's input (<c>get_resize_matrix</c> and <c>get_minimum_dst_shape</c> of the original).</summary>
public static class ResizePolicy
{
    /// <summary>Returns the size of the canvas for an image.</summary>
    /// <param name="source">The image.</param>
    /// <param name="input">The network's input.</param>
    /// <param name="keepRatio">False: the whole input. True: the largest part of it with the aspect ratio of the image.</param>
    public static PixelSize Canvas(PixelSize source, PixelSize input, bool keepRatio)
    {
        if (!keepRatio)
        {
            return input;
        }

        var ratio = Ratio(source, input);
        return new(Side(ratio * source.Width), Side(ratio * source.Height));
    }

    /// <summary>Returns the matrix from the image to the canvas.</summary>
    /// <param name="source">The image.</param>
    /// <param name="canvas">The result of <see cref="Canvas"/>.</param>
    /// <param name="keepRatio">False: the axes are scaled independently. True: by one factor, centred.</param>
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

    // An extremely long image must keep at least one pixel; the original fails for it.
    private static int Side(double length) => Math.Max((int)length, 1);
}
