namespace NanoDet.Data.Configuration;

/// <summary>
/// Progressive resizing (Howard, 2018; Tan and Le, EfficientNetV2, 2021): the first epochs of a training have a smaller input,
/// which costs less, and the last ones the full one. NanoDet has no such key.
/// </summary>
/// <param name="Epochs">Epochs with the smaller input.</param>
/// <param name="Width">Its width, in pixels.</param>
/// <param name="Height">Its height, in pixels.</param>
public sealed record ProgressiveResizing(int Epochs, int Width, int Height)
{
    /// <summary>The smaller input's side, as a share of the full one; the nearest size that the network can take is used.</summary>
    public const double Side = 0.6;

    /// <summary>Returns the smaller input of a training: two thirds of its epochs.</summary>
    /// <param name="width">Width of the full input, in pixels.</param>
    /// <param name="height">Height of the full input, in pixels.</param>
    /// <param name="multiple">What both sides must be multiples of.</param>
    /// <param name="epochs">Epochs of the training.</param>
    /// <returns>Null where no epoch or no smaller size is left.</returns>
    public static ProgressiveResizing? Of(int width, int height, int multiple, int epochs)
    {
        int Smaller(int side) => Math.Min(side, Math.Max(1, (int)Math.Round(side * Side / multiple)) * multiple);
        var smaller = new ProgressiveResizing((int)(epochs * 2L / 3), Smaller(width), Smaller(height));
        return smaller.Epochs == 0 || (smaller.Width, smaller.Height) == (width, height) ? null : smaller;
    }
}
