using System.Reflection;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Sarif;

/// <summary>
/// Diagnostics as SARIF 2.1.0, which pages of code scanning and editors show at the lines that they are about. The same diagnostics
/// give the same bytes: addresses of files are relative, and nothing says when or where the build ran.
/// </summary>
/// <param name="projectFile">Full path of the project file, the place of what has no other.</param>
/// <param name="documentationFolder">The folder with one page per code, whose titles describe the codes; empty for none.</param>
public sealed class SarifReport(string projectFile, string documentationFolder)
{
    private const string Root = "%SRCROOT%"; // The name that the standard gives to the root of the sources.

    private static readonly string Repository = typeof(SarifReport).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "RepositoryUrl").Value!;

    private readonly string _folder = Path.GetDirectoryName(projectFile)!;
    private readonly string _root = RepositoryAbove(Path.GetDirectoryName(projectFile)!);

    /// <summary>The bytes of the file.</summary>
    /// <param name="diagnostics">The diagnostics, with stored paths.</param>
    public byte[] Of(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        string[] codes = [.. diagnostics.Select(diagnostic => diagnostic.Code).Distinct().Order(StringComparer.Ordinal)];
        var places = codes.Index().ToDictionary(code => code.Item, code => code.Index);
        return CanonicalJson.Write(
            new SarifLog(
            [
                new SarifRun(
                    new(new("NanoDet.Build", ToolVersion.Current, Repository, [.. codes.Select(Rule)])),
                    new() { [Root] = new(new("The root of the repository, or the folder of the project outside a repository")) },
                    [.. diagnostics.Select(diagnostic => Result(diagnostic, places[diagnostic.Code]))]),
            ]),
            SarifJson.Canonical.SarifLog);
    }

    private SarifResult Result(Diagnostic diagnostic, int rule)
    {
        var location = diagnostic.Location ?? new SourceLocation(projectFile);
        var place = new SarifPlace(
            FileOf(ProjectPath.Full(_folder, location.File)),
            location.Line > 0 ? new(location.Line, location.Column > 0 ? location.Column : null) : null);
        return new(diagnostic.Code, rule, diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning", new(diagnostic.Message), [new(place)]);
    }

    private SarifRule Rule(string code)
    {
        var page = Path.Combine(documentationFolder, $"{code}.md");
        var title = documentationFolder.Length > 0 && File.Exists(page) ? File.ReadLines(page).FirstOrDefault("") : "";
        var start = $"# {code}: ";
        return new(
            code,
            title.StartsWith(start, StringComparison.Ordinal) ? new(title[start.Length..]) : null,
            $"{Repository}/blob/HEAD/docs/diagnostics/{code}.md");
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
