using System.Text.Json;
using NanoDet.Benchmarks;
using NanoDet.Cuda.Processes;
using NanoDet.Cuda.Reporting;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Requests;

namespace NanoDet.Cuda.Trainings;

/// <summary>Where trainings are made: their data, requests and folders.</summary>
/// <param name="options">The options of the run.</param>
internal sealed class Workplace(Options options)
{
    private const string Preset = "nanodet-plus-m_320";

    /// <summary>Pictures in a step of a quick run, which has three steps in an epoch.</summary>
    public const int FewInBatch = 2;

    private const int FewPictures = 3 * FewInBatch;
    private const int FewToJudge = 2;

    // The last level of the network has one pixel then.
    private const int SmallSide = 64;

    private readonly string _pictures = Path.Combine(options.Reference, "datasets", "bccd");
    private Dataset? _dataset;

    /// <summary>The options of the run.</summary>
    public Options Options => options;

    /// <summary>BCCD with its own lists, as a build takes it by default.</summary>
    public Dataset Dataset => _dataset ??= Read();

    /// <summary>Trains to the end.</summary>
    /// <exception cref="EndedEarlyException">It does not come to it.</exception>
    public TrainingRecord Train(TrainingOrder order)
    {
        using var process = Start(order, isNew: true);
        _ = process.Finish();
        return RecordOf(order);
    }

    /// <summary>What a training has left that is finished.</summary>
    public TrainingRecord RecordOf(TrainingOrder order) => new(
        FolderOf(order), JsonSerializer.Deserialize<MemoryFigures>(File.ReadAllText(FiguresOf(order)), Report.Json)!);

    /// <summary>The folder of a training.</summary>
    public string FolderOf(TrainingOrder order) => Path.Combine(options.Output, order.Name);

    /// <summary>Starts a training.</summary>
    /// <param name="order">The training.</param>
    /// <param name="isNew">False to go on with what is in its folder.</param>
    public OwnProcess Start(TrainingOrder order, bool isNew)
    {
        if (isNew && Directory.Exists(FolderOf(order)))
        {
            Directory.Delete(FolderOf(order), recursive: true);
        }

        File.Delete(FiguresOf(order));
        return OwnProcess.Start(options, InnerVerb.Train, WriteRequest(order), FiguresOf(order));
    }

    private string FiguresOf(TrainingOrder order) => Path.Combine(options.Output, $"{order.Name}.memory.json");

    private string WriteRequest(TrainingOrder order)
    {
        var weights = Path.Combine(options.Reference, "models", "nanodet_m.pth");
        var dataset = Dataset with { Images = [.. Dataset.Images.Where(image => image.Part == DatasetPart.Train || order.ValidationInterval != 0).Select(image => image with { Weight = order.Visits })] };
        var visits = dataset.Of(DatasetPart.Train).Count() * order.Visits;
        var reading = EffectiveConfiguration.OfPreset(Preset, dataset.Classes, visits, new ConfigurationOverrides
        {
            BatchSize = order.Batch,
            Epochs = order.Epochs,
            InputSize = options.IsQuick ? new InputSize(SmallSide, SmallSide) : null,
            Pretrained = weights,
            GuidanceEpochs = order.Epochs, // The bars are for the original's steps.
            ValidationInterval = order.ValidationInterval is > 0 and var interval ? interval : null,
        });
        var configuration = reading.Configuration ?? throw new InvalidDataException(string.Join("; ", reading.Diagnostics));
        configuration = configuration with { LogInterval = order.LogInterval ?? configuration.LogInterval };

        string Write(string kind, ReadOnlySpan<byte> content)
        {
            var path = Path.Combine(options.Output, $"{order.Name}.{kind}.json");
            File.WriteAllBytes(path, content);
            return path;
        }

        return Write("request", RequestJson.Write(new TrainRequest
        {
            Configuration = Write("configuration", ConfigurationJson.Write(configuration)),
            Dataset = Write("dataset", DatasetFile.ToJson(dataset).Span),
            ImageFolder = _pictures,
            OutputFolder = FolderOf(order),
            Threads = options.Threads,
            Device = options.Choice.Device,
            Card = options.Choice.Card,
            Precision = order.Precision,
            Tf32 = true, // As by default; a processor has none.
            Pretrained = weights,
            CheckpointSeconds = order.CheckpointSeconds,
        }));
    }

    private Dataset Read()
    {
        var all = ReferenceDataset.Bccd(_pictures, "train", "val");
        return options.IsQuick
            ? all with { Images = [.. all.Of(DatasetPart.Train).Take(FewPictures), .. all.Of(DatasetPart.Validation).Take(FewToJudge)] }
            : all;
    }
}
