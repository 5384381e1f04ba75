using System.Globalization;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Tool.Watching;

/// <summary>Formats the figures of a training.</summary>
internal static class WatchText
{
    private const double MostSeconds = 1e8;

    /// <summary>Formats an epoch as one line, as in the build.</summary>
    public static string Line(EpochProgress epoch)
    {
        var judged = epoch.Map is null ? "" : string.Create(CultureInfo.InvariantCulture, $"  mAP {epoch.Map:F3}  mAP50 {epoch.Map50:F3}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {epoch.Epoch}/{epoch.Epochs}  loss {epoch.Loss:F3} ({Parts(epoch)}){judged}  {epoch.ImagesPerSecond:F2} images/s  {Left(epoch.SecondsLeft)} left");
    }

    /// <summary>Formats the parts of a loss.</summary>
    public static string Parts(EpochProgress epoch)
        => string.Join(' ', epoch.Losses.Select(part => string.Create(CultureInfo.InvariantCulture, $"{PrintedText.Escape(part.Name)} {part.Value:F3}")));

    /// <summary>Formats the time left.</summary>
    public static string Left(double seconds) => seconds is >= 0 and <= MostSeconds ? TimeSpan.FromSeconds(Math.Round(seconds)).ToString("c") : "unknown time";
}
