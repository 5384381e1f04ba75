using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Testing;
using NanoDet.Tool.Suggesting;
using NanoDet.Training.Export;
using NanoDet.Training.Loop;
using NanoDet.Worker.Evaluation;
using NanoDet.Worker.Export;

namespace NanoDet.Benchmarks;

/// <summary>
/// Trainings with some of the labels of BCCD at 160 pixels, of NanoDet-m, which needs a third of the time of NanoDet-Plus. All begin with
/// the same published weights. The judge is the validation part of the reference training.
/// </summary>
internal sealed class SuggestExperiment
{
    private const int Side = 160;

    // So many times the epochs of a build. Without that, no model learns from 20 images what the smallest class is, ten pixels wide, and
    // how good it is depends on the seed of the training more than on the images.
    private const int Longer = 3;

    // Two at once need less time than one after the other on two threads each, and the figures do not depend on the number of processors.
    private const int Threads = 1;

    private readonly string _folder = SharedData.Path("datasets/bccd");
    private readonly Dataset _dataset = ReferenceDataset.Bccd(SharedData.Path("datasets/bccd"));

    /// <summary>The training part in the random order of a seed.</summary>
    public DatasetImage[] Pool(int seed)
    {
        var pool = _dataset.Of(DatasetPart.Train).OrderBy(image => image.Path, StringComparer.Ordinal).ToArray();
        new Random(seed).Shuffle(pool);
        return pool;
    }

    /// <summary>Trains with images of the training part and judges with the validation part of the set.</summary>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="images">The labelled images.</param>
    /// <returns>The exported model, with its threshold, and its mAP.</returns>
    public async Task<(byte[] Model, double Map)> TrainAsync(int seed, DatasetImage[] images)
    {
        var set = _dataset with { Images = [.. images, .. _dataset.Of(DatasetPart.Validation)] };
        using var output = new TestFolder("suggest");
        var configuration = Configuration(set, seed);
        var result = new Trainer(
            new TrainingRun { Configuration = configuration, Dataset = set, ImageFolder = _folder, OutputFolder = output.FullPath, Threads = Threads }, _ => { }, _ => { })
            .Train(CancellationToken.None);
        using var network = TrainedNetwork.Load(configuration.Model, result.ModelPath, set.Classes);

        // The threshold as a build measures it, but on the images that are labelled so far.
        var metadata = configuration.MetadataFor(set.Classes);
        var model = OnnxExporter.Export(network, metadata);
        var threshold = (await JudgeAsync(model, [.. images])).BestThreshold ?? metadata.ScoreThreshold;
        return (OnnxExporter.Export(network, metadata with { ScoreThreshold = threshold }), (await JudgeAsync(model, [.. set.Of(DatasetPart.Validation)])).Map!.Value);
    }

    /// <summary>The images that <c>nanodet suggest</c> would print.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">The images without labels.</param>
    /// <param name="count">How many.</param>
    public DatasetImage[] Suggest(byte[] model, DatasetImage[] images, int count)
    {
        using var detector = Detector.Load(model, "model.onnx", new DetectorOptions { Threads = Threads });
        var examination = new ImageExamination(detector.Metadata);
        var suggested = SuggestedOrder.Of(
            images.Select(image => examination.Examine(image.Path, detector.Predict(ImageDecoder.Load(Path.Combine(_folder, image.Path)), CancellationToken.None))), count)
            .Select(image => image.Path).ToHashSet(StringComparer.Ordinal);
        return [.. images.Where(image => suggested.Contains(image.Path))];
    }

    private async Task<PartResult> JudgeAsync(byte[] model, ImmutableArray<DatasetImage> images)
    {
        using var detector = Detector.Load(model, "model.onnx", new DetectorOptions { ScoreThreshold = DatasetDetection.ScoreThreshold, Threads = Threads });
        var found = await DatasetDetection.DetectAsync(detector, _dataset.Classes, images, _folder, null, CancellationToken.None);
        return PartResult.Of(_dataset.Classes, images, found, DatasetDetection.ScoreThreshold);
    }

    private static NanoDetConfiguration Configuration(Dataset dataset, int seed)
    {
        var settings = new ConfigurationOverrides { InputSize = new(Side, Side), Pretrained = SharedData.Path("models/nanodet_m.pth"), Seed = seed };
        var configuration = Fit(settings with { Epochs = Longer * Fit(settings).Schedule.TotalEpochs });
        return configuration with { Schedule = configuration.Schedule with { ValidationInterval = configuration.Schedule.TotalEpochs } };

        NanoDetConfiguration Fit(ConfigurationOverrides overrides)
            => EffectiveConfiguration.OfPreset("nanodet-m", dataset.Classes, dataset.Of(DatasetPart.Train).Count(), overrides).Configuration!;
    }
}
