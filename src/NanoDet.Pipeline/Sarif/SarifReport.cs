using System.Reflection;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Sarif;

/// <summary>
/// Diagnostics as SARIF 2.1.0, which pages of code scanning and editors show at the lines that they are about. The same diagnostics
/// give the same bytes: addresses of files are relative, and nothing says when or where the build ran.
/// </summary>
/// <param name="folder">Full path of the folder at which stored paths begin.</param>
/// <param name="place">Full path of the file that is the place of what has no other.</param>
/// <param name="documentationFolder">The folder with one page per code, whose titles describe the codes; empty for none.</param>
public sealed class SarifReport(string folder, string place, string documentationFolder)
{
    private const string Root = "%SRCROOT%"; // The name that the standard gives to the root of the sources.

    private const long LargestFile = 1L << 30;

    private static readonly string Repository = typeof(SarifReport).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "RepositoryUrl").Value!;

    private readonly string _root = RepositoryAbove(folder);

    /// <summary>The bytes of the file.</summary>
    /// <param name="diagnostics">The diagnostics, with stored paths.</param>
    public byte[] Of(IEnumerable<Diagnostic> diagnostics) => Of([.. diagnostics.Select(Result)]);

    /// <summary>The bytes of a file of the same build with the findings of its lint, in place of those that it has.</summary>
    /// <param name="path">The file.</param>
    /// <param name="findings">The findings, with stored paths.</param>
    /// <exception cref="NanoDetException">NDB9053: it is not what the plan wrote.</exception>
    public byte[] WithFindings(string path, IEnumerable<Diagnostic> findings)
    {
        var log = CanonicalJson.Read(
            path, SarifJson.Canonical.SarifLog, LargestFile, read => read.Runs.Length == 1, (place, reason) => FolderDiagnostics.IntermediateDamaged(place.File, reason));
        return Of([.. log.Runs[0].Results.Where(result => !LintWords.Has(result.RuleId)), .. findings.Select(Result)]);
    }

    private byte[] Of(SarifResult[] results)
    {
        string[] codes = [.. results.Select(result => result.RuleId).Distinct().Order(StringComparer.Ordinal)];
        var places = codes.Index().ToDictionary(code => code.Item, code => code.Index);
        return CanonicalJson.Write(
            new SarifLog(
            [
                new SarifRun(
                    new(new("NanoDet.Build", ToolVersion.Current, Repository, [.. codes.Select(Rule)])),
                    new() { [Root] = new(new("The root of the repository, or the folder of the project outside a repository")) },
                    [.. results.Select(result => result with { RuleIndex = places[result.RuleId] })]),
            ]),
            SarifJson.Canonical.SarifLog);
    }

    private SarifResult Result(Diagnostic diagnostic)
    {
        var location = diagnostic.Location ?? new SourceLocation(place);
        var physical = new SarifPlace(
            FileOf(ProjectPath.Full(folder, location.File)),
            location.Line > 0 ? new(location.Line, location.Column > 0 ? location.Column : null) : null);
        return new(diagnostic.Code, 0, diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning", new(diagnostic.Message), [new(physical)]);
    }

    private SarifRule Rule(string code)
    {
        var page = Path.Combine(documentationFolder, $"{code}.md");
        var title = documentationFolder.Length > 0 && File.Exists(page) ? File.ReadLines(page).FirstOrDefault("") : "";
        var start = $"# {code}: ";
        return new(code, $"{Repository}/blob/HEAD/docs/diagnostics/{code}.md")
        {
            ShortDescription = title.StartsWith(start, StringComparison.Ordinal) ? new(title[start.Length..]) : null,
        };
    }

    // A file beside the repository, or on another drive, has its full address.
    private SarifFile FileOf(string path)
    {
        var relative = ProjectPath.Relative(_root, path);
        return relative.Split('/')[0] == ".." || Path.IsPathRooted(relative)
            ? new(new Uri(path).AbsoluteUri, null)
            : new(string.Join('/', relative.Split('/').Select(Uri.EscapeDataString)), Root);
    }

    // A folder, or a file in a working tree of its own.
    private static string RepositoryAbove(string folder)
    {
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            if (Path.Exists(Path.Combine(above, ".git")))
            {
                return above;
            }
        }

        return folder;
    }
}
