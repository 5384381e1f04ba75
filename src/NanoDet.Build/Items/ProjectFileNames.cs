using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Build.Items;

/// <summary>
/// The names of ours that the files of a project use, as they stand there: MSBuild tells a task neither which properties there
/// are nor where they were set. Files are followed along imports whose paths need no evaluation; the rest is not looked at.
/// </summary>
internal sealed partial class ProjectFileNames
{
    private const int MostFiles = 100;
    private const long LargestFile = 16 << 20;
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<ProjectName> _names = [];
    private readonly string _projectFolder;

    private ProjectFileNames(string projectFolder) => _projectFolder = projectFolder;

    /// <summary>Reads files, and those that they import.</summary>
    /// <param name="files">Paths of the files; one that is not there, or that is no XML, is left to MSBuild.</param>
    /// <param name="projectFolder">The project's folder.</param>
    public static IReadOnlyList<ProjectName> Read(IEnumerable<string> files, string projectFolder)
    {
        var names = new ProjectFileNames(projectFolder);
        foreach (var file in files)
        {
            names.Add(file);
        }

        return names._names;
    }

    private void Add(string file)
    {
        var path = Path.GetFullPath(Path.Combine(_projectFolder, file));
        if (_seen.Count >= MostFiles || !_seen.Add(path) || Load(path) is not { } document)
        {
            return;
        }

        foreach (var element in document.Descendants())
        {
            var name = element.Name.LocalName;
            if (element.Parent?.Name.LocalName is "PropertyGroup" or "ItemGroup" && name.StartsWith(ProjectName.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                var line = (IXmlLineInfo)element;
                _names.Add(new ProjectName(name, element.Parent.Name.LocalName == "ItemGroup", new SourceLocation(path, line.LineNumber, line.LinePosition)));
            }
            else if (name == "Import" && element.Attribute("Sdk") is null && element.Attribute("Project")?.Value is { } import && Resolve(import, path) is { } imported)
            {
                Add(imported);
            }
        }
    }

    private static XDocument? Load(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: < LargestFile })
            {
                return null;
            }

            using var reader = XmlReader.Create(path, Settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? Resolve(string import, string importing)
    {
        var folder = Path.GetDirectoryName(importing)!;
        if (FileAbove().Match(import) is { Success: true } above)
        {
            return Above(above.Groups[1].Value, Path.GetDirectoryName(folder));
        }

        var path = import
            .Replace("$(MSBuildThisFileDirectory)", folder + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase)
            .Replace("$(MSBuildProjectDirectory)", _projectFolder, StringComparison.OrdinalIgnoreCase)
            .Replace('\\', Path.DirectorySeparatorChar);
        return path.Contains("$(", StringComparison.Ordinal) || path.Contains('*', StringComparison.Ordinal) ? null : Path.Combine(folder, path);
    }

    private static string? Above(string name, string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, name)))
            {
                return Path.Combine(folder, name);
            }
        }

        return null;
    }

    /// <summary>The usual way from one Directory.Build file to the next one above.</summary>
    [GeneratedRegex(@"^\$\(\[MSBuild\]::GetPathOfFileAbove\('([^']+)', '\$\(MSBuildThisFileDirectory\)\.\.[/\\]?'\)\)$")]
    private static partial Regex FileAbove();
}
