using System.CommandLine;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Files;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Inputs;
using NanoDet.Tool.Results;
using NanoDet.Tool.Suggesting;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet suggest</c>: says which images to label next.</summary>
internal sealed class SuggestVerb : Verb
{
    private const int UsualCount = 20;

    private readonly ModelOptions _model;
    private readonly Argument<string> _folder = new("folder") { Description = "A project, a data set, or a folder of images. Images with labels are left out." };
    private readonly Option<int?> _count = NumberOption.Of<int>("--count", $"The number of images. Default: {UsualCount}.", value => value >= 1, "at least 1");
    private readonly Option<ResultFormat> _format = WordOption.Of("With --out: the form of the labels. Default: yolo where all labels in the folder are YOLO text with the classes of the model, otherwise voc.", [ResultFormat.Voc, ResultFormat.Yolo], "--format", "-f");
    private readonly Option<string?> _out = new("--out", "-o") { Description = "Copy the images into this folder, with what the model finds as labels to correct." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "With --out: replace existing images and labels." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print no progress and no speed." };
    private readonly ReportOptions _report;

    /// <summary>Declares the verb.</summary>
    public SuggestVerb()
        : base("suggest", "Says which images to label next: those from which the model would learn most.")
    {
        _model = ModelOptions.First(this);
        Arguments.Add(_folder);
        foreach (var option in new Option[] { _count, _format, _out, _overwrite, _quiet })
        {
            Options.Add(option);
        }

        _report = ReportOptions.Last(this);
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet suggest model.onnx photos", "the 20 images to label next, the first one first"),
        ("nanodet suggest model.onnx photos --count 50 --out next", "copy 50 images into next, with labels to correct in labelImg"),
    ];

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        ResultFormat? chosenFormat = parsed.GetResult(_format) is { Implicit: false } ? parsed.GetValue(_format) : null;
        if (parsed.GetValue(_out) is null && chosenFormat is not null)
        {
            throw new UsageException("--format is the form of the labels that --out writes; give --out too");
        }

        var problems = new ProblemList();
        using var detector = _model.Load(parsed);
        var unlabelled = new UnlabelledImages(parsed.GetRequiredValue(_folder), problems.Add);
        var images = unlabelled.All;
        var examined = await ExamineAsync(detector, images, parsed.GetValue(_quiet), problems, cancellation);
        var chosen = SuggestedOrder.Of(examined, parsed.GetValue(_count) ?? UsualCount);
        SuggestedImage[] suggested = [.. chosen.Select(SuggestedImage.Of)];
        _report.Print(parsed, suggested, () => SuggestOutput.Print(suggested));
        if (parsed.GetValue(_out) is { } folder)
        {
            var names = chosen.Select(image => image.Path).ToHashSet(StringComparer.Ordinal);
            var format = chosenFormat ?? (unlabelled.AreOthersYolo(detector.Metadata.Classes) ? ResultFormat.Yolo : ResultFormat.Voc);
            await CopyAsync(parsed, detector, [.. images.Where(image => names.Contains(image.Name))], format, folder, problems, cancellation);
        }

        if (images.Count == 0 && !problems.HasErrors && !parsed.GetValue(_quiet))
        {
            await Console.Error.WriteLineAsync("There is no image without labels.");
        }

        return problems.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<List<ExaminedImage>> ExamineAsync(Detector detector, List<Input> images, bool quiet, ProblemList problems, CancellationToken cancellation)
    {
        var examination = new ImageExamination(detector.Metadata);
        var examined = new List<ExaminedImage>();
        await WorkProgress.RunAsync("images", images.Count, quiet, step => Task.Run(
            () =>
            {
                foreach (var image in images)
                {
                    try
                    {
                        examined.Add(examination.Examine(image.Name, detector.Predict(ImageDecoder.Load(image.Name), cancellation)));
                    }
                    catch (NanoDetException exception) when (exception.Diagnostic.Code is not ("NDB6010" or "NDB6011"))
                    {
                        problems.Add(exception.Diagnostic); // It cannot be decoded; the others can.
                    }

                    step();
                }
            },
            cancellation));
        return examined;
    }

    /// <summary>Copies images, and writes beside each what the model finds; what is there already is kept, unless the user says otherwise.</summary>
    private async Task CopyAsync(ParseResult parsed, Detector detector, List<Input> images, ResultFormat format, string folder, ProblemList problems, CancellationToken cancellation)
    {
        var overwrite = parsed.GetValue(_overwrite);
        images = images.FindAll(image => Copy(image, folder, overwrite, problems));
        var classes = detector.Metadata.Classes;
        var writer = format.CreateWriter(TextWriter.Null, classes, new CocoIds(classes, null), folder, overwrite, problems.Add);
        await new DetectRun(detector, writer, output: null, problems) { Quiet = true }.RunAsync(images, cancellation);
        writer.Finish();
        if (images.Count > 0 && ProjectAround.Of(folder) is { } project)
        {
            problems.Add(ToolDiagnostics.GuessesInProject(folder, project));
        }

        if (images.Count > 0 && !parsed.GetValue(_quiet))
        {
            await Console.Error.WriteLineAsync(writer.Summary);
        }
    }

    /// <summary>Copies an image.</summary>
    /// <returns>Whether it is in the folder; another image of its name may be there, whose labels would be wrong.</returns>
    private static bool Copy(Input image, string folder, bool overwrite, ProblemList problems)
    {
        var (copy, content) = (Path.Combine(folder, image.Relative), RegularFile.ReadAllBytes(image.Name));
        if (File.Exists(copy) && !overwrite && !RegularFile.ReadAllBytes(copy).AsSpan().SequenceEqual(content))
        {
            problems.Add(ToolDiagnostics.FileExists(copy, isInput: false));
            return false;
        }

        WrittenFile.Write(copy, () => AtomicFile.WriteIfDifferent(copy, content));
        return true;
    }
}
