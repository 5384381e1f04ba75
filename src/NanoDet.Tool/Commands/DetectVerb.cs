using System.CommandLine;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels.Coco;
using NanoDet.Imaging;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Inputs;
using NanoDet.Tool.Results;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet detect</c>: detects objects in images, videos and camera streams.</summary>
internal sealed class DetectVerb : Verb
{
    private readonly ModelOptions _model;

    private readonly Argument<string[]> _inputs = new("inputs")
    {
        Description = "Files, folders, patterns ('photos/**/*.jpg'), '-' for a list of paths on standard input, videos, 'camera:0', or the address of a stream.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _out = new("--out", "-o") { Description = "Write images or videos with the boxes drawn: a file for one input, or a folder." };
    private readonly Option<ResultFormat> _format = WordOption.Of<ResultFormat>("The format of the results. Default: text.", "--format", "-f");
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON, as --format json does." };
    private readonly Option<string?> _save = new("--save", "-s") { Description = "The file to write the results into; for voc and yolo, the folder. Default: standard output; for voc and yolo, the folder of the labels beside that of the images (annotations, labels), or else beside each image." };
    private readonly Option<string[]> _class = new("--class", "-c") { Description = "Detect only this class; may be repeated.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _ids = new("--ids") { Description = "For coco: a COCO file whose image and category ids are used." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "For voc and yolo: replace existing labels." };
    private readonly Option<int?> _every = NumberOption.Of<int>("--every", "For videos: use only every n-th frame.", value => value >= 1, "at least 1");
    private readonly Option<int?> _frames = NumberOption.Of<int>("--frames", "For videos and cameras: stop after this many frames.", value => value >= 1, "at least 1");
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print only results and errors, no progress and no speed." };

    /// <summary>Declares the verb.</summary>
    public DetectVerb()
        : base("detect", "Detects objects in images, videos and camera streams.")
    {
        _model = ModelOptions.First(this, mayAugment: true);
        Arguments.Add(_inputs);
        foreach (var option in new Option[] { _out, _format, _json, _save, _class, _ids, _overwrite, _every, _frames, _quiet })
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet detect model.onnx street.jpg --out found.jpg", "print what is found, and draw it"),
        ("nanodet detect model.onnx photos --format voc", "write labels into annotations, or beside the images if there is none: correct them in labelImg, build again"),
        ("nanodet detect model.onnx 'photos/**/*.png' --format json --save found.json --score 0.5", "a pattern, as JSON, only scores of at least 0.5"),
        ("find . -name '*.jpg' | nanodet detect model.onnx - --format jsonl", "a list from another program, one line of JSON per image"),
        ("nanodet detect model.onnx street.mp4 --out boxes.mp4 --format jsonl --save boxes.jsonl", "a video, which ffmpeg reads and writes"),
        ("nanodet detect model.onnx camera:0 --class person", "the first camera, until Ctrl+C"),
        ("nanodet detect model.onnx val2017 --format coco --ids instances.json --save dets.json --score 0.05", "a results file for pycocotools"),
    ];

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        var inputs = InputList.Expand(parsed.GetRequiredValue(_inputs), Console.In, problems.Add).ToList();
        using var detector = _model.Load(parsed, classes: parsed.GetValue(_class));
        var classes = detector.Metadata.Classes;
        var format = Format(parsed);
        var output = parsed.GetValue(_out) is { } path ? new AnnotatedOutput(path, classes, problems.Add) : null;
        Check(parsed, inputs, output);

        using var file = new ResultFile(format.IsLabels() ? null : parsed.GetValue(_save));
        var ids = parsed.GetValue(_ids) is { } idFile ? CocoReader.Read(idFile) : null;
        var writer = format.CreateWriter(file.Writer, classes, new CocoIds(classes, ids), parsed.GetValue(_save), parsed.GetValue(_overwrite), problems.Add);
        var detecting = new DetectRun(detector, writer, output, problems)
        {
            Every = parsed.GetValue(_every) ?? 1,
            MaxFrames = parsed.GetValue(_frames),
            Continue = parsed.GetValue(_save) is null && output is null ? OutputPipe.RequireReader : null,
            Quiet = parsed.GetValue(_quiet),
        };
        var isUseless = false;
        try
        {
            await detecting.RunAsync(inputs, cancellation);
        }
        catch (NanoDetException)
        {
            isUseless = !detecting.HasResults;
            throw;
        }
        finally
        {
            // Also after Ctrl+C, so that the results so far are kept; but a model that fails leaves no document without results.
            if (!isUseless)
            {
                writer.Finish();
                file.Finish();
            }
        }

        if (writer.Summary is { } summary && !parsed.GetValue(_quiet))
        {
            await Console.Error.WriteLineAsync(summary);
        }

        return problems.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    private ResultFormat Format(ParseResult parsed) => (parsed.GetValue(_json), parsed.GetResult(_format) is { Implicit: false }) switch
    {
        (true, true) when parsed.GetValue(_format) is not ResultFormat.Json => throw new UsageException("--json is --format json; give only one of them"),
        (true, _) => ResultFormat.Json,
        _ => parsed.GetValue(_format),
    };

    private void Check(ParseResult parsed, List<Input> inputs, AnnotatedOutput? output)
    {
        if (output is { IsFile: true } && inputs.Count > 1)
        {
            throw new UsageException($"--out names one file, and there are {inputs.Count} inputs; give a folder");
        }

        if (output is { IsFile: true } && inputs is [{ Video: null }] && parsed.GetValue(_out) is { } picture && !ImageEncoder.CanEncode(picture))
        {
            throw new UsageException($"--out writes a picture as .png or .jpg, not as '{Path.GetExtension(picture)}'");
        }

        if (output is not null && parsed.GetValue(_every) > 1 && inputs.Any(input => input.Video is not null))
        {
            throw new UsageException("--every skips frames, but --out writes a whole video; give only one of them");
        }
    }
}
