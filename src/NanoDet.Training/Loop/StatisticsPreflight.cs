using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Loading;

namespace NanoDet.Training.Loop;

/// <summary>
/// Finds a training whose batch normalisation would get one value per channel: one image whose last feature maps have one pixel.
/// One value has no variance, so running variances would become NaN, which only detection uses.
/// </summary>
public static class StatisticsPreflight
{
    // The network halves its input five times, and the batch is padded so that this leaves no rest.
    private const int Divisor = 32;

    /// <summary>Fails if batch normalisation would get one value per channel.</summary>
    /// <exception cref="NanoDetException">NDB4002.</exception>
    public static void Require(TrainingRun run)
    {
        var configuration = run.Configuration;
        var batch = Math.Min(configuration.BatchSize, DataOrder.Length(run.Dataset.Of(DatasetPart.Train)));
        var stride = Math.Max(configuration.Model.Head.Strides.Max(), Divisor);
        var first = configuration.Train.SizeAt(0);
        var (width, height) = (Smallest(first.Width), Smallest(first.Height));
        if (batch == 1 && width <= stride && height <= stride)
        {
            throw new NanoDetException(TrainingDiagnostics.OneValuePerChannel(width, height, stride));
        }

        int Smallest(int side)
            => (Math.Max((int)(side * (configuration.Train.MultiScale?.Low ?? 1)), Divisor) + Divisor - 1) / Divisor * Divisor;
    }
}
