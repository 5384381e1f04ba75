using System.Collections.Immutable;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Testing;
using NanoDet.Training.Export;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights;
using NanoDet.Worker.Evaluation;
using NanoDet.Worker.Export;

namespace NanoDet.Benchmarks;

/// <summary>
/// What the published NanoDet-Plus-m 416 loses with 8 bits on 80 images of COCO, how large the file is, and how much faster ONNX
/// Runtime is on one thread. Each half of the images is judged with the model that was calibrated on the other half, for several ways of
/// halving: a single one says too little, because on 80 images any change of the numbers moves the mAP by half a point.
/// </summary>
internal static class Int8Benchmark
{
    private const int Ways = 4;

    public static async Task<int> RunAsync()
    {
        var folder = SharedData.Path("datasets/coco-tiny");
        var dataset = ReferenceDataset.CocoTiny(folder);
        var configuration = ConfigurationFile.Read(SharedData.Path("configs/nanodet-plus-m_416.yml")).Configuration!;
        using var network = NetworkFactory.Create(configuration.Model, 0);
        var weights = SharedData.Path("models/nanodet-plus-m_416.pth");
        ModelWeights.Load(weights, WeightFile.Read(weights), network, dataset.Classes);
        network.eval();
        var metadata = configuration.MetadataFor(dataset.Classes);
        var single = OnnxExporter.Export(network, metadata);
        var baseline = await JudgeAsync(Halves(0), [single, single]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{single.Length} bytes with 32 bits, mAP {baseline:F4}"));
        var reached = new List<double>();
        QuantizedModel? model = null;
        for (var way = 0; way < Ways; way++)
        {
            var halves = Halves(way);
            var exports = halves.Select(half => QuantizedModel.Export(
                network,
                new CalibrationInputs(metadata, half.Select(image => ImageDecoder.Load(Path.Combine(folder, image.Path))), 2),
                1,
                CancellationToken.None)).ToArray();
            reached.Add(await JudgeAsync(halves, [.. exports.Select(export => export.File)]));
            model = exports[0];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.File.Length} bytes with 8 bits, mAP {reached[^1]:F4}; with 32: {string.Join(", ", model.Kept)}"));
        }

        var mean = reached.Average();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mAP {mean:F4} on average, difference {mean - baseline:+0.0000;-0.0000}"));
        Time(single, model!.File);
        return 0;

        ImmutableArray<DatasetImage>[] Halves(int way) => [.. Enumerable.Range(0, 2).Select(half => dataset.Images.Where((_, i) => (i >> way & 1) == half).ToImmutableArray())];

        async Task<double> JudgeAsync(ImmutableArray<DatasetImage>[] halves, byte[][] models)
        {
            var found = new List<EvaluationDetection>();
            var images = halves[0].AddRange(halves[1]);
            for (var i = 0; i < 2; i++)
            {
                using var detector = Detector.Load(models[i], "model.onnx", new DetectorOptions { ScoreThreshold = DatasetDetection.ScoreThreshold, Threads = 1 });
                var offset = i == 0 ? halves[0].Length : 0;
                found.AddRange((await DatasetDetection.DetectAsync(detector, dataset.Classes, halves[1 - i], folder, null, CancellationToken.None))
                    .Select(one => one with { ImageId = one.ImageId + offset }));
            }

            return CocoEvaluator.Evaluate(dataset.Classes.Length, images, [.. found]).AP;
        }
    }

    private static void Time(params byte[][] models)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        var sessions = models.Select(model => new InferenceSession(model, options)).ToArray();
        float[] input = [.. Enumerable.Range(0, 3 * 416 * 416).Select(i => MathF.Sin(i * 12.9898f) * 2)];
        using var value = OrtValue.CreateTensorValueFromMemory(input, [1, 3, 416, 416]);
        using var run = new RunOptions();
        var measurement = new Measurement("picture", 10, 15);
        foreach (var (session, name) in sessions.Zip(["32 bits", "8 bits"]))
        {
            measurement.Add(name, () =>
            {
                for (var i = 0; i < 10; i++)
                {
                    using var outputs = session.Run(run, ["data"], [value], ["output"]);
                }
            });
        }

        measurement.Print();
    }
}
