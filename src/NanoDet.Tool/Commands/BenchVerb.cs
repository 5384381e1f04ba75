using System.CommandLine;
using NanoDet.Imaging;
using NanoDet.Tool.Measuring;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet bench</c>: measures how long a detection takes, step by step.</summary>
internal sealed class BenchVerb : Verb
{
    private readonly ModelOptions _model;
    private readonly Option<string?> _image = new("--image") { Description = "The image to detect objects in. Default: random noise of 1280x720 pixels." };
    private readonly Option<int?> _warmup = NumberOption.Of<int>("--warm-up", "The number of detections before the measurement starts. Default: 8.", value => value >= 0, "at least 0");
    private readonly Option<int?> _loops = NumberOption.Of<int>("--loops", "The number of detections to measure. Default: 100.", value => value is >= 1 and <= 1_000_000, "1 to 1000000");
    private readonly ReportOptions _report;

    /// <summary>Declares the verb.</summary>
    public BenchVerb()
        : base("bench", "Measures how long a detection takes, step by step.")
    {
        _model = ModelOptions.First(this);
        foreach (var option in new Option[] { _image, _warmup, _loops })
        {
            Options.Add(option);
        }

        _report = ReportOptions.Last(this, "Print JSON, in milliseconds.");
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet bench model.onnx", "on random noise, with all cores"),
        ("nanodet bench model.onnx --image street.jpg --threads 1 --json", "on one core, for a program"),
    ];

    /// <inheritdoc />
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var detector = _model.Load(parsed);
        var image = parsed.GetValue(_image) is { } path ? ImageDecoder.Load(path) : NoisePicture.Create(1280, 720);
        var times = LatencyMeasurement.Run(detector, image, parsed.GetValue(_warmup) ?? 8, parsed.GetValue(_loops) ?? 100, cancellation);
        _report.Print(parsed, times, () => LatencyOutput.Print(times));
        return Task.FromResult(ExitCode.Done);
    }
}
