using System.CommandLine;
using NanoDet.Detection;

namespace NanoDet.Tool.Commands;

/// <summary>The model and how it runs: what every verb that detects takes.</summary>
internal sealed class ModelOptions
{
    private readonly Argument<string> _model = new("model") { Description = "The ONNX file, of this project or of NanoDet's own exporter." };
    private readonly Option<string?> _names = new("--names") { Description = "A file with one class name a line, for models that carry none." };
    private readonly Option<double?> _score = NumberOption.Of<double>("--score", "Least score of a detection, 0 to 1. Default: the model's own.", value => value is >= 0 and <= 1, "0 to 1");
    private readonly Option<double?> _iou = NumberOption.Of<double>("--iou", "Of two boxes of one class that overlap by more, the weaker goes. Default: the model's own.", value => value is > 0 and <= 1, "above 0 and up to 1");
    private readonly Option<int?> _max = NumberOption.Of<int>("--max", "Most detections of one picture. Default: the model's own.", value => value >= 1, "at least 1");
    private readonly Option<int?> _batch = NumberOption.Of<int>("--batch", "Pictures in one run of the network, where the model allows it. Default: 1.", value => value is >= 1 and <= 256, "1 to 256");
    private readonly Option<int?> _threads = NumberOption.Of<int>("--threads", "Threads of the network. Default: one a physical core.", value => value >= 1, "at least 1");

    /// <summary>Adds the model and the options to a verb.</summary>
    public ModelOptions(Command verb, bool modelRequired = true)
    {
        _model.Arity = modelRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne;
        verb.Arguments.Add(_model);
        foreach (var option in new Option[] { _names, _score, _iou, _max, _batch, _threads })
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Path of the model; null where none was given.</summary>
    public string? Path(ParseResult parsed) => parsed.GetValue(_model);

    /// <summary>Whether a score was asked for.</summary>
    public bool HasScore(ParseResult parsed) => parsed.GetValue(_score) is not null;

    /// <summary>Loads the model.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="score">The score where none was asked for; null for the model's own.</param>
    public Detector Load(ParseResult parsed, double? score = null) => Detector.Load(parsed.GetRequiredValue(_model), new DetectorOptions
    {
        ClassesFile = parsed.GetValue(_names),
        ScoreThreshold = parsed.GetValue(_score) ?? score,
        IouThreshold = parsed.GetValue(_iou),
        MaxDetections = parsed.GetValue(_max),
        Batch = parsed.GetValue(_batch) ?? 1,
        Threads = parsed.GetValue(_threads) ?? 0,
    });
}
