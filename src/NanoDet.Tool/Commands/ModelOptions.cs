using System.CommandLine;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Images;
using NanoDet.Detection;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary>The options for the model and how it runs, which all verbs that detect objects have.</summary>
internal sealed class ModelOptions
{
    private const string ModelDescription = "The ONNX file, exported by NanoDet.Build or by the original NanoDet.";

    private readonly Func<ParseResult, string?> _path;
    private readonly Option<string?> _names = new("--names") { Description = "A file with one class name per line, for models without class names." };
    private readonly Option<double?> _score;
    private readonly double? _usualScore;
    private readonly Option<double?> _iou = NumberOption.Of<double>("--iou", "If two boxes of one class overlap by more than this IoU, the one with the lower score is removed. Default: the model's own.", value => value is > 0 and <= 1, "above 0 and up to 1");
    private readonly Option<int?> _max = NumberOption.Of<int>("--max", "The largest number of detections in one image. Default: the model's own.", value => value >= 1, "at least 1");
    private readonly Option<int?> _batch = NumberOption.Of<int>("--batch", "The number of images in one run of the network, if the model allows it; --augment looks at one image at a time. Default: 1.", value => value is >= 1 and <= 256, "1 to 256");
    private readonly Option<int?> _threads = NumberOption.Of<int>("--threads", "The number of threads of the network. Default: one per physical core.", value => value is >= 1 and <= DetectorOptions.MostThreads, $"1 to {DetectorOptions.MostThreads}");

    private readonly Option<ExecutionProvider> _device = WordOption.Of<ExecutionProvider>("Where the network runs. Default: cpu.", "--device");

    private readonly Option<bool> _augment = new("--augment") { Description = "Look at each image six times, mirrored and enlarged too, and take the mean: better boxes, in up to six times the time." };

    private ModelOptions(Command verb, Func<ParseResult, string?> path, double? score = null, bool mayAugment = false)
    {
        (_path, _usualScore) = (path, score);
        _score = NumberOption.Of<double>("--score", $"The lowest score of a detection, 0 to 1. Default: {score?.ToString(CultureInfo.InvariantCulture) ?? "the model's own"}.", value => value is >= 0 and <= 1, "0 to 1");
        foreach (var option in new Option[] { _names, _score, _iou, _max, _batch, _threads, _device })
        {
            verb.Options.Add(option);
        }

        if (mayAugment)
        {
            verb.Options.Add(_augment);
        }
    }

    /// <summary>Adds the options to a verb, and the model as its first argument.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="modelRequired">Whether the model has to be given.</param>
    /// <param name="orElse">What may stand in place of the model, in words.</param>
    /// <param name="score">The score threshold where none is given; null for the model's own.</param>
    /// <param name="mayAugment">Whether the verb has test-time augmentation as an option.</param>
    public static ModelOptions First(Command verb, bool modelRequired = true, string orElse = "", double? score = null, bool mayAugment = false)
    {
        var model = new Argument<string?>("model") { Description = ModelDescription + orElse, Arity = modelRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne };
        verb.Arguments.Add(model);
        return new(verb, parsed => parsed.GetValue(model), score, mayAugment);
    }

    /// <summary>Adds the options to a verb, and the model as the optional <c>--model</c>.</summary>
    public static ModelOptions Named(Command verb)
    {
        var model = new Option<string?>("--model", "-m") { Description = ModelDescription };
        verb.Options.Add(model);
        return new(verb, parsed => parsed.GetValue(model));
    }

    /// <summary>Path of the model; null if none was given.</summary>
    public string? Path(ParseResult parsed) => _path(parsed);

    private string ModelPath(ParseResult parsed)
        => _path(parsed) is { } path && !PictureFile.Is(path) ? path : throw new UsageException($"'{_path(parsed)}' is a picture; the model comes first, then the pictures");

    /// <summary>The score threshold of the command line; null if none was given.</summary>
    public double? Score(ParseResult parsed) => parsed.GetValue(_score);

    /// <summary>Loads the model.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="score">The score threshold; null for that of the command line, or else the usual one.</param>
    /// <param name="max">The default number of detections in one image; null for the model's own.</param>
    /// <param name="augment">Whether to look at each image several times, where it is no option.</param>
    /// <param name="classes">The classes to detect; null or empty for all.</param>
    /// <exception cref="UsageException">It is a picture, or it does not have one of the classes.</exception>
    public Detector Load(ParseResult parsed, double? score = null, int? max = null, bool augment = false, string[]? classes = null)
    {
        try
        {
            return Detector.Load(ModelPath(parsed), new DetectorOptions
            {
                Providers = [parsed.GetValue(_device)],
                ClassesFile = parsed.GetValue(_names),
                ScoreThreshold = score ?? Score(parsed) ?? _usualScore,
                IouThreshold = parsed.GetValue(_iou),
                MaxDetections = parsed.GetValue(_max) ?? max,
                Classes = classes is [] ? null : classes,
                Batch = parsed.GetValue(_batch) ?? 1,
                Threads = parsed.GetValue(_threads) ?? 0,
                TestTimeAugmentation = augment || parsed.GetValue(_augment),
            });
        }
        catch (NanoDetException exception) when (exception.Code == "NDB6013")
        {
            throw new UsageException(exception.Diagnostic.Message);
        }
    }
}
