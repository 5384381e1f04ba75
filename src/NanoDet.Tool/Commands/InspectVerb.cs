using System.CommandLine;
using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Labels;
using NanoDet.Tool.Models;
using NanoDet.Tool.Terminal;
using Spectre.Console;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet inspect</c>: describes a model and its origin.</summary>
internal sealed class InspectVerb : Verb
{
    private readonly Argument<string> _model = new("model") { Description = "An ONNX file (the manifest beside it is shown too), a manifest, a label file, or a folder with a data set." };
    private readonly Option<bool> _all = new("--all", "-a") { Description = "Show long lists to their end." };
    private readonly ReportOptions _report;

    /// <summary>Declares the verb.</summary>
    public InspectVerb()
        : base("inspect", "Describes a model (classes, input, thresholds, figures, lineage), a label file, or what is recognised in a folder of pictures and labels.")
    {
        Arguments.Add(_model);
        Options.Add(_all);
        _report = ReportOptions.Last(this);
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet inspect model.onnx", "the model, and its manifest"),
        ("nanodet inspect model.manifest.json --json", "the manifest alone, for a program"),
        ("nanodet inspect photos", "the data set in a folder: its layout, forms of labels, classes and parts"),
    ];

    /// <inheritdoc />
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var path = parsed.GetRequiredValue(_model);
        var problems = new ProblemList();
        var sections = Directory.Exists(path) ? Folder(path, problems) : LabelDescription.Of(path) ?? Model(path, parsed.GetValue(_all));
        var document = sections.Select(section => section.Json).OfType<(string Name, object Value)>().ToDictionary(json => json.Name, json => json.Value);
        _report.Print(parsed, document, () => Print(sections));
        return Task.FromResult(problems.HasErrors ? ExitCode.Failed : ExitCode.Done);
    }

    private static void Print(IEnumerable<DescriptionSection> sections)
    {
        foreach (var section in sections.Where(section => section.Rows.Count > 0))
        {
            var table = ToolConsole.Table().AddColumns(new TableColumn(ToolConsole.Cell(section.Title)).NoWrap(), new TableColumn(""));
            foreach (var (name, value) in section.Rows)
            {
                table.AddRow(ToolConsole.Cell(name), ToolConsole.Cell(value));
            }

            ToolConsole.Print(table);
        }
    }

    private static IReadOnlyList<DescriptionSection> Model(string path, bool showAll)
    {
        try
        {
            return ModelDescription.Of(path, showAll);
        }
        catch (NanoDetException exception) when (exception.Diagnostic.Code == "NDB6002" && !Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"'{path}' is no model, no manifest and no label file; for a data set or a project, give its folder");
        }
    }

    private static IReadOnlyList<DescriptionSection> Folder(string path, ProblemList problems)
    {
        var found = LabelPlace.OfLabelled(path, images: null).Found;
        var errors = found.Problems.RemoveAll(problem => problem.Severity != DiagnosticSeverity.Error);
        foreach (var error in errors)
        {
            problems.Add(error);
        }

        // Warnings are among what is counted.
        return [.. FolderDescription.Of(path, found), .. found.Labels is not [] && errors.IsEmpty ? FolderCounts.Of(path) : []];
    }
}
