using System.CommandLine;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Manifest;
using NanoDet.Tool.Comparing;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet diff</c>: compares two models.</summary>
internal sealed class DiffVerb : Verb
{
    private readonly Argument<string> _old = new("old") { Description = "The old model: a manifest, or an ONNX file with its manifest beside it." };
    private readonly Argument<string> _new = new("new") { Description = "The new model, in the same way." };
    private readonly Option<DiffFormat> _format = WordOption.Of<DiffFormat>("The format of the output. Default: table.", "--format", "-f");
    private readonly ReportOptions _report;

    /// <summary>Declares the verb.</summary>
    public DiffVerb()
        : base("diff", "Compares two models: data, configuration, lineage, and the figures of every class.")
    {
        Arguments.Add(_old);
        Arguments.Add(_new);
        Options.Add(_format);
        _report = ReportOptions.Last(this, "Print JSON, as --format json does.");
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet diff old.manifest.json new.manifest.json", "two manifests"),
        ("nanodet diff old/parts.onnx bin/parts.onnx --format markdown", "two models, for a pull request"),
    ];

    /// <inheritdoc />
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var comparison = new ModelComparison(Read(parsed.GetRequiredValue(_old)), Read(parsed.GetRequiredValue(_new)));
        var sections = comparison.Sections();
        _report.Print(parsed, ComparisonOutput.Document(sections), () => ComparisonOutput.Print(sections, parsed.GetValue(_format)));
        return Task.FromResult(ExitCode.Done);
    }

    private static ModelManifest Read(string path) => ManifestJson.Read<ModelManifest>(
        Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase) ? Path.ChangeExtension(path, ".manifest.json") : path,
        (place, reason) => ToolDiagnostics.UnreadableManifest(place, reason.TrimEnd('.')));
}
