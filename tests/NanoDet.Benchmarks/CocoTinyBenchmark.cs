using System.Globalization;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Testing;
using NanoDet.Training.Loading;
using NanoDet.Training.Loop;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights;
using NanoDet.Vision.Augmentation;
using NanoDet.Vision.Images;
using static TorchSharp.torch;

namespace NanoDet.Benchmarks;

/// <summary>Accuracy of the published weights on 80 images of COCO, computed by our networks, beside the original's.</summary>
internal static class CocoTinyBenchmark
{
    public static int Run()
    {
        var folder = SharedData.Path("datasets/coco-tiny");
        var dataset = ReferenceDataset.CocoTiny(folder);
        Judge("nanodet-plus-m_416.pth", "configs/nanodet-plus-m_416.yml", 0.3612);
        Judge("nanodet_m.pth", "configs/legacy_v0.x_configs/nanodet-m.yml", 0.2541);
        return 0;

        void Judge(string weights, string file, double expected)
        {
            var configuration = ConfigurationFile.Read(SharedData.Path(file)).Configuration! with { BatchSize = 8 };
            using var network = NetworkFactory.Create(configuration.Model, 0);
            var path = SharedData.Path($"models/{weights}");
            Console.WriteLine(ModelWeights.Load(path, WeightFile.Read(path), network, dataset.Classes).Summary);
            var assembler = new BatchAssembler(folder, new OnlineAugmentation(configuration.Validation, 0), new DecodedImageCache(0));
            var metrics = new Validation(configuration, [.. dataset.Of(DatasetPart.Validation)], assembler).Run(network, CPU, CancellationToken.None);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{weights}: mAP {metrics.AP:F4}, the original's {expected:F4}, difference {metrics.AP - expected:+0.0000;-0.0000}"));
            Console.WriteLine(string.Join(' ', metrics.Stats.Select(figure => figure.ToString("F4", CultureInfo.InvariantCulture))));
        }
    }
}
