using System.Diagnostics;
using System.Globalization;
using NanoDet.Vision.Augmentation.Offline;

namespace NanoDet.Worker.Augmentation;

/// <summary>Reports the progress of long work from time to time.</summary>
internal sealed class AugmentProgress : IProgress<OfflineAugmentationProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long _told = Stopwatch.GetTimestamp();

    /// <inheritdoc />
    public void Report(OfflineAugmentationProgress value)
    {
        lock (_lock)
        {
            if (Stopwatch.GetElapsedTime(_told) > Interval)
            {
                _told = Stopwatch.GetTimestamp();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"NanoDet: augmented {value.Done} of {value.Total} images"));
            }
        }
    }
}
