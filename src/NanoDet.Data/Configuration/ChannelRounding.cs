namespace NanoDet.Data.Configuration;

/// <summary>How the MobileNet family makes widths whole: processors like multiples.</summary>
internal static class ChannelRounding
{
    /// <summary>Returns the nearest multiple, unless it takes away more than a tenth; then the next one.</summary>
    public static int Of(double channels, int multiple)
    {
        var rounded = Math.Max(multiple, (int)(channels + (multiple / 2)) / multiple * multiple);
        return rounded < 0.9 * channels ? rounded + multiple : rounded;
    }
}
