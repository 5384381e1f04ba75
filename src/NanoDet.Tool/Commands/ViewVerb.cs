using System.CommandLine;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Discovery;
using NanoDet.Data.Labels;
using NanoDet.Imaging;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Inputs;
using NanoDet.Tool.Labels;
using NanoDet.Tool.Terminal;
using NanoDet.Tool.Viewing;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet view</c>: draws boxes on images.</summary>
internal sealed class ViewVerb : Verb
{
    // Without a model the network's input size is not known; this is that of the official NanoDet-Plus.
    private static readonly PixelSize UsualInput = new(416, 416);

    private readonly Argument<string[]> _inputs = new("inputs")
    {
        Description = "Labels: a file, or a folder of files, in any format. With --model: images, as files, folders or patterns.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _out = new("--out", "-o") { Description = "The file to write: .html for a page with everything, .png or .jpg for one picture or a contact sheet.", Required = true };
    private readonly Option<string?> _images = new("--images") { Description = "The folder of the labelled images. Default: the images are beside the labels." };
    private readonly Option<string?> _classes = new("--classes") { Description = "A file with one class name per line. Default: the classes in the labels; for YOLO, classes.txt beside them." };
    private readonly Option<string[]> _class = new("--class", "-c") { Description = "Show only boxes of this class, and images that have one; may be repeated.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int?> _count = NumberOption.Of<int>("--count", "The largest number of pictures on a contact sheet, taken evenly from all. Default: 100.", value => value is >= 1 and <= 1000, "1 to 1000");
    private readonly Option<int?> _columns = NumberOption.Of<int>("--columns", "The number of pictures in a row of a contact sheet. Default: about as many as there are rows.", value => value is >= 1 and <= 50, "1 to 50");
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print no progress and no summary." };
    private readonly ModelOptions _model;

    /// <summary>Declares the verb.</summary>
    public ViewVerb()
        : base("view", "Draws boxes on images: as one picture, a contact sheet, or a page for the browser.")
    {
        Arguments.Add(_inputs);
        foreach (var option in new Option[] { _out, _images, _classes, _class, _count, _columns, _quiet })
        {
            Options.Add(option);
        }

        _model = ModelOptions.Named(this);
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet view annotations --out labels.html", "a page of labelImg's files and their images, with filters, problems first, and statistics"),
        ("nanodet view instances.json --images val2017 --count 24 --out sheet.png", "a contact sheet of 24 images of a COCO file"),
        ("nanodet view annotations/img_0042.xml --out look.png", "one image with its labels"),
        ("nanodet view labels --images photos --class bolt --out bolts.html", "YOLO labels, and only the bolts"),
        ("nanodet view photos --model model.onnx --score 0.5 --out found.html", "what a model finds"),
    ];

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        var path = parsed.GetRequiredValue(_out);
        var output = new PreviewOutput(path) { SheetSize = parsed.GetValue(_count) ?? 100, Columns = parsed.GetValue(_columns) };
        var all = _model.Path(parsed) is null ? ReadLabels(parsed, problems, cancellation) : await DetectAsync(parsed, problems, cancellation);
        var set = all.Of(Labels(all.Classes, parsed.GetValue(_class)));
        if (set.Pictures.Count == 0)
        {
            problems.Add(ToolDiagnostics.NothingToShow(path));
            return ExitCode.Failed;
        }

        var shown = output.Write(set, problems.Add, cancellation);
        if (!parsed.GetValue(_quiet))
        {
            var part = shown < set.Pictures.Count ? $"{shown} of {set.Pictures.Count}" : $"{shown}";
            await Console.Error.WriteLineAsync($"{PrintedText.Escape(path)}: images: {part}, boxes: {set.Pictures.Sum(picture => picture.Boxes.Length)}, classes: {set.Classes.Names.Length}");
        }

        return problems.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>The labels of the classes to show; null for all classes.</summary>
    /// <exception cref="UsageException">There is no such class.</exception>
    private static HashSet<int>? Labels(ClassList classes, string[]? shown)
        => shown is null or [] ? null : [.. shown.Select(name => classes.IndexOf(name) is >= 0 and var label
            ? label
            : throw new UsageException($"there is no class '{name}'{(classes.Suggest(name) is { } near ? $"; did you mean '{near}'?" : "")}"))];

    private PreviewSet ReadLabels(ParseResult parsed, ProblemList problems, CancellationToken cancellation)
    {
        if (parsed.GetRequiredValue(_inputs) is not [var labels])
        {
            throw new UsageException("give one file or folder of labels, or images and --model");
        }

        var classes = parsed.GetValue(_classes) is { } file ? ClassSource.Read(file) : null;
        var set = new LabelSetReader(labels, parsed.GetValue(_images), classes, problems.Add).Read();
        return new([.. new LabelledPictures(set.Classes, problems.Add).Of(set, cancellation)], set.Classes, UsualInput);
    }

    private async Task<PreviewSet> DetectAsync(ParseResult parsed, ProblemList problems, CancellationToken cancellation)
    {
        if (parsed.GetValue(_images) is not null || parsed.GetValue(_classes) is not null)
        {
            throw new UsageException("--images and --classes are for labels; with --model, give the images themselves, and the class names with --names");
        }

        using var detector = _model.Load(parsed, classes: parsed.GetValue(_class));
        var inputs = InputList.Expand(parsed.GetRequiredValue(_inputs), Console.In, problems.Add).Where(input => input.Video is null).ToList();
        var pictures = await new DetectedPictures(detector, problems.Add).OfAsync(inputs, parsed.GetValue(_quiet), cancellation);
        return new(pictures, ClassList.FromNames(detector.Metadata.Classes), new(detector.Metadata.InputWidth, detector.Metadata.InputHeight));
    }
}
