using System.CommandLine;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Discovery;
using NanoDet.Data.Labels;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Labels;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet convert</c>: converts labels from one format into another.</summary>
internal sealed class ConvertVerb : Verb
{
    private readonly Argument<string> _labels = new("labels") { Description = "The labels: a file, or a folder of files. The format is detected from the content." };
    private readonly Option<LabelFormat> _to = WordOption.Of("The format to write; others can only be read.", LabelFormats.Written, "--to");
    private readonly Option<string> _out = new("--out", "-o") { Description = "For coco, the file to write, or an existing folder for a file of each part. For the other formats, the folder to write one file per image into.", Required = true };
    private readonly Option<string?> _images = new("--images") { Description = "The folder of the images. Default: the images are beside the labels." };
    private readonly Option<string?> _classes = new("--classes") { Description = "A file with one class name per line, in label order. Default: the classes in the labels." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace existing labels." };

    /// <summary>Declares the verb.</summary>
    public ConvertVerb()
        : base("convert", "Converts labels between Pascal VOC, COCO, YOLO and labelme, and from CreateML, VIA, VoTT, Label Studio and Datumaro.")
    {
        _to.Required = true;
        Arguments.Add(_labels);
        foreach (var option in new Option[] { _to, _out, _images, _classes, _overwrite })
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet convert annotations --to coco --out instances.json", "labelImg's files into one COCO file"),
        ("nanodet convert instances.json --to voc --out annotations", "a COCO file into labelImg's files"),
        ("nanodet convert labels --images photos --classes classes.txt --to voc --out annotations", "YOLO labels; their conversion reads the sizes of the images"),
    ];

    /// <inheritdoc />
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        var classes = parsed.GetValue(_classes) is { } file ? ClassSource.Read(file) : null;
        var set = new LabelSetReader(parsed.GetRequiredValue(_labels), parsed.GetValue(_images), classes, problems.Add).Read(withParts: true);
        var format = parsed.GetRequiredValue(_to);
        var valid = ConvertibleLabels.Of(ConvertibleLabels.WithImages(set, problems.Add), format, problems.Add);
        var written = new LabelSetWriter(parsed.GetRequiredValue(_out), parsed.GetValue(_overwrite), problems.Add).Write(valid, format);
        var (images, objects) = (set.Images.Length - written.Images, set.Images.Sum(image => image.Labels.Objects.Length) - written.Objects);
        Console.Error.WriteLine($"images: {written.Images}, objects: {written.Objects}, classes: {set.Classes.Names.Length}{(images + objects > 0 ? $"; left out: images: {images}, objects: {objects}" : "")}");
        var unlabelled = set.Unlabelled is [var first, ..]
            ? $"{set.Unlabelled.Length} {(set.Unlabelled.Length == 1 ? "image has" : "images have")} no labels and {(set.Unlabelled.Length == 1 ? "is" : "are")} left out, such as '{PrintedText.Escape(DiagnosticText.Shorten(first))}'" : null;
        foreach (var line in new[] { unlabelled, written.Parts, written.Classes }.OfType<string>())
        {
            Console.Error.WriteLine(line);
        }

        var isBroken = set.Images.Any(image => image.Labels.Objects.Any(labeled => labeled.Box.IsDegenerate));
        return Task.FromResult(problems.HasErrors || isBroken ? ExitCode.Failed : ExitCode.Done);
    }
}
