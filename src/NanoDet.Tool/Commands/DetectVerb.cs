using System.CommandLine;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Inputs;
using NanoDet.Tool.Results;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet detect</c>: objects in pictures, videos and cameras.</summary>
internal sealed class DetectVerb : Verb
{
    private readonly ModelOptions _model;

    private readonly Argument<string[]> _inputs = new("inputs")
    {
        Description = "Files, folders, patterns ('photos/**/*.jpg'), '-' for a list on standard input, videos, 'camera:0', or the address of a stream.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _out = new("--out", "-o") { Description = "Draw the boxes: a file for one picture or video, or a folder." };
    private readonly Option<ResultFormat> _format = WordOption.Of<ResultFormat>("Form of the results. Default: text.", "--format", "-f");
    private readonly Option<string?> _save = new("--save", "-s") { Description = "Where the results go: a file, or for voc and yolo a folder. Default: standard output; voc and yolo beside each picture." };
    private readonly Option<string[]> _class = new("--class", "-c") { Description = "Only this class; may be repeated.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _ids = new("--ids") { Description = "For coco: a COCO file whose image and category ids are used." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "For voc and yolo: replace labels that are there." };
    private readonly Option<int?> _every = NumberOption.Of<int>("--every", "Of a video, only every so many frames.", value => value >= 1, "at least 1");
    private readonly Option<int?> _frames = NumberOption.Of<int>("--frames", "Of a video or camera, at most so many frames.", value => value >= 1, "at least 1");
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress and no speed, only results and errors." };

    /// <summary>Declares the verb.</summary>
    public DetectVerb()
        : base("detect", "Finds objects in pictures, videos and cameras.")
    {
        _model = ModelOptions.First(this);
        Arguments.Add(_inputs);
        foreach (var option in new Option[] { _out, _format, _save, _class, _ids, _overwrite, _every, _frames, _quiet })
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet detect model.onnx street.jpg --out found.jpg", "print what is found, and draw it"),
        ("nanodet detect model.onnx photos --format voc", "write labels beside the pictures: open them in labelImg, correct them, build again"),
        ("nanodet detect model.onnx 'photos/**/*.png' --format json --save found.json --score 0.5", "a pattern, as JSON, only what is likely"),
        ("find . -name '*.jpg' | nanodet detect model.onnx - --format jsonl", "a list from another program, one line of JSON a picture"),
        ("nanodet detect model.onnx street.mp4 --out boxes.mp4 --format jsonl --save boxes.jsonl", "a video, through ffmpeg"),
        ("nanodet detect model.onnx camera:0 --class person", "the first camera, until Ctrl+C"),
        ("nanodet detect model.onnx val2017 --format coco --ids instances.json --save dets.json --score 0.05", "a results file for pycocotools"),
    ];

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        var inputs = InputList.Expand(parsed.GetRequiredValue(_inputs), Console.In, problems.Add).ToList();
        using var detector = _model.Load(parsed);
        var classes = detector.Metadata.Classes;
        var only = ClassFilter.Labels(ClassList.FromNames(classes), parsed.GetValue(_class));
        var format = parsed.GetValue(_format);
        var output = parsed.GetValue(_out) is { } path ? new AnnotatedOutput(path, classes, problems.Add) : null;
        Check(parsed, inputs, output);

        using var file = new ResultFile(format.IsLabels() ? null : parsed.GetValue(_save));
        var ids = parsed.GetValue(_ids) is { } idFile ? CocoReader.Read(idFile) : null;
        var writer = format.CreateWriter(file.Writer, classes, new CocoIds(classes, ids), parsed.GetValue(_save), parsed.GetValue(_overwrite), problems.Add);
        var detecting = new DetectRun(detector, only, writer, output, problems)
        {
            Every = parsed.GetValue(_every) ?? 1,
            MaxFrames = parsed.GetValue(_frames),
            Quiet = parsed.GetValue(_quiet),
        };
        try
        {
            await detecting.RunAsync(inputs, cancellation);
        }
        finally
        {
            // Also after Ctrl+C: what was found is found.
            writer.Finish();
            file.Finish();
        }

        return problems.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    private void Check(ParseResult parsed, List<Input> inputs, AnnotatedOutput? output)
    {
        if (output is { IsFile: true } && inputs.Count > 1)
        {
            throw new UsageException($"--out names one file, and there are {inputs.Count} inputs; give a folder");
        }

        if (output is not null && parsed.GetValue(_every) > 1 && inputs.Any(input => input.Video is not null))
        {
            throw new UsageException("--every leaves frames out, and --out would draw a video without them; choose one");
        }
    }
}
