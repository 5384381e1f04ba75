using System.CommandLine;
using NanoDet.Data.Labels;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Labels;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet convert</c>: labels from one form into another.</summary>
internal sealed class ConvertVerb : Verb
{
    private readonly Argument<string> _labels = new("labels") { Description = "The labels: a file, or a folder of files. The form is told by their content." };
    private readonly Option<LabelFormat> _to = WordOption.Of<LabelFormat>("The form to write.", "--to");
    private readonly Option<string> _out = new("--out", "-o") { Description = "A file for coco; else a folder, which gets one file an image.", Required = true };
    private readonly Option<string?> _images = new("--images") { Description = "The folder of the pictures. Default: beside the labels." };
    private readonly Option<string?> _classes = new("--classes") { Description = "A file with one class name a line, in label order. Default: the classes that the labels have." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace labels that are there." };

    /// <summary>Declares the verb.</summary>
    public ConvertVerb()
        : base("convert", "Converts labels between Pascal VOC, COCO, YOLO and labelme.")
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
        ("nanodet convert instances.json --to voc --out annotations", "and back"),
        ("nanodet convert labels --images photos --classes classes.txt --to voc --out annotations", "YOLO text, which needs the sizes of its pictures"),
    ];

    /// <inheritdoc />
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        var classes = parsed.GetValue(_classes) is { } file ? ClassList.FromFile(file) : null;
        var set = new LabelSetReader(parsed.GetRequiredValue(_labels), parsed.GetValue(_images), classes, problems.Add).Read();
        var written = new LabelSetWriter(parsed.GetRequiredValue(_out), parsed.GetValue(_overwrite), problems.Add).Write(set, parsed.GetRequiredValue(_to));
        Console.Error.WriteLine($"{written} images, {set.Images.Sum(image => image.Labels.Objects.Length)} objects, {set.Classes.Names.Length} classes");
        return Task.FromResult(problems.HasErrors ? ExitCode.Failed : ExitCode.Done);
    }
}
