using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Testing;
using NanoDet.Tool.Suggesting;
using NanoDet.Training.Export;
using NanoDet.Training.Loop;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights;
using NanoDet.Worker.Evaluation;

namespace NanoDet.Benchmarks;

/// <summary>
/// What the order of <c>nanodet suggest</c> is worth on BCCD at 160 pixels: a model is trained on a few random images, and then on these
/// and as many more, which the model has chosen in one training and chance in the other. All trainings of a seed begin with the
/// same published weights and have the same number of images and steps. The judge is the test part. The option is the number of epochs.
/// </summary>
internal static class SuggestBenchmark
{
    private const int Seeds = 5;
    private const int First = 20;
    private const int More = 20;
    private const int UsualEpochs = 60;
    private const int Side = 160;

    public static async Task<int> RunAsync(string[] options)
    {
        var epochs = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : UsualEpochs;
        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        var folder = SharedData.Path("datasets/bccd");
        var dataset = ReferenceDataset.Bccd(folder);
        var ahead = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var random = new Random(seed);
            var pool = dataset.Of(DatasetPart.Train).OrderBy(image => image.Path, StringComparer.Ordinal).ToArray();
            random.Shuffle(pool);
            var (first, left) = (pool[..First], pool[First..]);
            var (model, before) = await TrainAsync(seed, first);
            var suggested = Suggest(model, left).ToHashSet(StringComparer.Ordinal);
            var (_, chosen) = await TrainAsync(seed, [.. first, .. left.Where(image => suggested.Contains(image.Path))]);
            var (_, chance) = await TrainAsync(seed, [.. first, .. left.Take(More)]);
            ahead += chosen > chance ? 1 : 0;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"seed {seed}: mAP {before:F4} with {First} images; with {First + More}: {chosen:F4} as suggested, {chance:F4} at random, {chosen - chance:+0.0000;-0.0000}"));
        }

        Console.WriteLine($"ahead of chance in {ahead} of {Seeds}");
        return 0;

        async Task<(byte[] Model, double Map)> TrainAsync(int seed, DatasetImage[] images)
        {
            var set = dataset with { Images = [.. images, .. dataset.Of(DatasetPart.Validation)] };
            using var output = new TestFolder("suggest");
            var configuration = Configuration(set, seed, epochs);
            var result = new Trainer(
                new TrainingRun { Configuration = configuration, Dataset = set, ImageFolder = folder, OutputFolder = output.FullPath, Threads = 2 }, _ => { }, _ => { })
                .Train(CancellationToken.None);
            using var network = NetworkFactory.Create(configuration.Model, 0);
            ModelWeights.Load(result.ModelPath, WeightFile.Read(result.ModelPath), network, set.Classes);
            network.eval();

            // The threshold as a build measures it, but on the images that are labelled so far.
            var metadata = configuration.MetadataFor(set.Classes);
            var model = OnnxExporter.Export(network, metadata);
            var threshold = (await JudgeAsync(model, [.. images])).BestThreshold ?? metadata.ScoreThreshold;
            return (OnnxExporter.Export(network, metadata with { ScoreThreshold = threshold }), (await JudgeAsync(model, [.. set.Of(DatasetPart.Validation)])).Map!.Value);
        }

        async Task<PartResult> JudgeAsync(byte[] model, ImmutableArray<DatasetImage> images)
        {
            using var detector = Detector.Load(model, "model.onnx", new DetectorOptions { ScoreThreshold = DatasetDetection.ScoreThreshold, Threads = 2 });
            var found = await DatasetDetection.DetectAsync(detector, dataset.Classes, images, folder, null, CancellationToken.None);
            return PartResult.Of(dataset.Classes, images, found, DatasetDetection.ScoreThreshold);
        }

        IEnumerable<string> Suggest(byte[] model, DatasetImage[] images)
        {
            using var detector = Detector.Load(model, "model.onnx", new DetectorOptions { Threads = 2 });
            var examination = new ImageExamination(detector.Metadata);
            return SuggestedOrder.Of(
                [.. images.Select(image => examination.Examine(image.Path, detector.Predict(ImageDecoder.Load(Path.Combine(folder, image.Path)), CancellationToken.None)))], More)
                .Select(image => image.Path);
        }
    }

    private static NanoDetConfiguration Configuration(Dataset dataset, int seed, int epochs)
    {
        var reference = ReferenceDataset.BccdConfiguration(dataset);
        return reference with
        {
            Seed = seed,
            BatchSize = 8,
            Train = reference.Train with { Width = Side, Height = Side },
            Validation = reference.Validation with { Width = Side, Height = Side },
            Schedule = reference.Schedule with
            {
                Warmup = new WarmupConfiguration(WarmupKind.Linear, 10, 1e-4),
                LearningRate = new CosineAnnealingConfiguration(epochs, 5e-5),
                TotalEpochs = epochs,
                ValidationInterval = epochs,
                LoadModel = SharedData.Path("models/nanodet-plus-m_416.pth"),
            },
        };
    }
}
