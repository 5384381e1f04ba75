using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Discovery;
using NanoDet.Data.Images;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Splitting;
using NanoDet.Data.Validation;
using NanoDet.Pipeline.Planning;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary>A case that went wrong in the hands of people, and what is right, for a build and for the tool.</summary>
/// <param name="Name">The case.</param>
/// <param name="Files">
/// The files: <c>PATH=FILE OR FOLDER</c> of the cases; <c>PATH=NUMBER</c> for a grey picture of 320x240, <c>PATH=WIDTHxHEIGHT</c> for one of
/// another size; or <c>PATH=:TEXT</c>.
/// </param>
/// <param name="Expected">
/// The classes, and after a bar for each image its path and objects, <c>class left top right bottom</c>; or the codes of errors.
/// </param>
/// <param name="Warnings">The codes of what both tell besides.</param>
internal sealed partial record SharedCase(string Name, string[] Files, string Expected, string Warnings = "")
{
    /// <summary>Writes the files of the case.</summary>
    public void Write(TestFolder folder)
    {
        foreach (var (index, entry) in Files.Index())
        {
            var (path, source) = entry.Split('=', 2) is [var name, var from] ? (name, from) : throw new ArgumentException(entry);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.FullPath, path))!);
            if (source.StartsWith(':'))
            {
                folder.Write(path, source[1..]);
            }
            else if (source.Split('x') is [var width, var height] && int.TryParse(width, out var columns) && int.TryParse(height, out var rows))
            {
                File.WriteAllBytes(folder[path], TinyPng.Bytes(index, columns, rows));
            }
            else
            {
                Copy(SharedData.Path($"cases/{source}"), Path.Combine(folder.FullPath, path));
            }
        }
    }

    /// <summary>What a build makes of it, as text.</summary>
    public static (string Read, string Told) Plan(TestFolder folder, TestFolder output)
    {
        var (dataset, diagnostics) = Plan(folder, output, inputs => inputs);
        return dataset is null ? Text([], diagnostics, []) : Text(dataset.Classes, diagnostics, dataset.Images.Select(image => (
            image.Path,
            image.Objects.Select(item => Text(dataset.Classes[item.Label], item.Box.Left, item.Box.Top, item.Box.Right, item.Box.Bottom, item.Difficult)))));
    }

    /// <summary>What a build makes of it: discovery and plan, as the tasks do.</summary>
    public static (Dataset? Dataset, ImmutableArray<Diagnostic> Diagnostics) Plan(TestFolder folder, TestFolder output, Func<PlanInputs, PlanInputs> change)
    {
        // The items of the patterns in NanoDet.Build.props.
        var items = DataFiles.List(folder.FullPath, []).Where(file => file.Split('/')[0] is "images" or "JPEGImages" or "annotations" or "Annotations" or "labels" or "ImageSets")
            .ToLookup(file => PictureFile.Is(file) ? "images" : file.StartsWith("ImageSets", StringComparison.Ordinal) ? "lists" : "labels");
        var found = ProjectItems.Find(folder.FullPath, [.. items["images"]], [.. items["labels"]], [.. items["lists"]]).Dataset;
        if (!found.Problems.IsEmpty)
        {
            return (null, found.Problems);
        }

        var plan = new Planner(change(new(folder.FullPath, output.FullPath)
        {
            Images = [.. found.Pictures.SelectMany(group => group.Files, (group, path) => new PlanImage(path) { Part = group.Part, Negative = true })],
            Annotations = [.. found.LabelPaths],
            ImageSets = [.. found.Lists.Select(list => new PlanList(list.Path, list.Part))],
            ClassFile = found.ClassFile,
            Split = new SplitOptions(0, 0, 0),
            Policy = new ValidationPolicy { RareClassMinimum = 0 },
        })).Run(TestContext.Current.CancellationToken);
        return (plan.Data is null ? null : DatasetFile.Read(output["dataset.json"]), plan.Diagnostics);
    }

    /// <summary>What the tool makes of it.</summary>
    public static async Task<(string Read, string Told)> ConvertAsync(TestFolder folder, TestFolder output)
    {
        var run = await ToolProcess.RunAsync("convert", folder.FullPath, "--to", "coco", "--out", output["all.json"]);
        var told = Told().Matches(run.Error).Select(match => (Code: match.Groups["code"].Value, IsError: match.Groups["severity"].Value == "error")).ToList();
        var errors = told.Where(entry => entry.IsError).Select(entry => entry.Code);
        if (!File.Exists(output["all.json"]))
        {
            return (string.Join(' ', errors), Codes(told.Where(entry => !entry.IsError).Select(entry => entry.Code)));
        }

        var document = CocoReader.Read(output["all.json"]);
        return (
            Read([.. document.Categories.Select(category => category.Name)], CocoConversion.ToLabels(document).Select(image => (
                image.FileName,
                image.Objects.Select(item => Text(item.ClassName, item.Box.Left, item.Box.Top, item.Box.Right, item.Box.Bottom, item.Difficult))))),
            Codes(told.Select(entry => entry.Code)));
    }

    private static (string Read, string Told) Text(ImmutableArray<string> classes, ImmutableArray<Diagnostic> diagnostics, IEnumerable<(string Path, IEnumerable<string> Objects)> images)
    {
        var told = diagnostics.ToLookup(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error, diagnostic => diagnostic.Code);
        return (classes.IsEmpty ? string.Join(' ', told[true]) : Read(classes, images), Codes(told[false]));
    }

    private static string Codes(IEnumerable<string> codes)
        => string.Join(' ', codes.Where(code => code.StartsWith("NDB1", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));

    private static string Read(ImmutableArray<string> classes, IEnumerable<(string Path, IEnumerable<string> Objects)> images)
        => $"{string.Join(' ', classes)} | {string.Join(" | ", images.Select(image => (image.Path, Objects: image.Objects.Order(StringComparer.Ordinal).ToList())).Where(image => image.Objects.Count > 0).OrderBy(image => image.Path, StringComparer.Ordinal).Select(image => $"{image.Path}: {string.Join(", ", image.Objects)}"))}";

    private static string Text(string className, double left, double top, double right, double bottom, bool isDifficult)
        => FormattableString.Invariant($"{className} {left:0} {top:0} {right:0} {bottom:0}{(isDifficult ? " difficult" : "")}");

    private static void Copy(string source, string target)
    {
        if (File.Exists(source))
        {
            File.Copy(source, target);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".proj", StringComparison.Ordinal)))
        {
            var path = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }
    }

    [GeneratedRegex("(?<severity>error|warning) (?<code>NDB[0-9]{4}): ")]
    private static partial Regex Told();
}
