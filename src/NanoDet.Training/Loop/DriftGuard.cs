using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Training.Loading;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights;
using NanoDet.Vision.Augmentation;
using NanoDet.Vision.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace NanoDet.Training.Loop;

/// <summary>Evaluates finished weights on the validation part of a training, with the classes that an earlier model also has.</summary>
/// <param name="run">The training.</param>
/// <param name="classes">The classes to evaluate.</param>
public sealed class DriftGuard(TrainingRun run, ImmutableArray<string> classes)
{
    /// <summary>Returns the mean average precision over those classes that have objects; null if none has.</summary>
    /// <param name="weights">A weight file with class names.</param>
    /// <param name="cancellation">Stops the work between two batches.</param>
    public double? Judge(string weights, CancellationToken cancellation)
    {
        var configuration = run.Configuration;
        var cache = new DecodedImageCache(run.PictureCacheBytes);
        var validation = new Validation(
            configuration, [.. run.Dataset.Of(DatasetPart.Validation)],
            new BatchAssembler(
                run.ImageFolder, new OnlineAugmentation(configuration.Validation, configuration.Seed), cache,
                inputSize: configuration.Model.BatchSizeOf(configuration.Validation)));
        if (!validation.HasImages)
        {
            return null;
        }

        LibTorch.Load(run.Device, run.Arithmetic);
        set_num_threads(run.Threads);
        using var network = NetworkFactory.Create(configuration.Model, configuration.Seed);
        ModelWeights.Load(weights, WeightFile.Read(weights), network, run.Dataset.Classes);
        var device = run.Device == TrainingDevice.Cuda ? CUDA : CPU;
        network.to(device);
        var metrics = validation.Run(network, device, cancellation);
        ImmutableArray<double> counted =
            [.. metrics.Classes.Where(figures => classes.Contains(run.Dataset.Classes[figures.CategoryId])).Select(figures => figures.AveragePrecision).OfType<double>()];
        return counted.IsEmpty ? null : counted.Average();
    }
}
