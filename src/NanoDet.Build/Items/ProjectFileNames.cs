using System.Xml;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Build.Items;

/// <summary>
/// The names of ours that the files of a project use, as they stand there: MSBuild tells a task neither which properties there
/// are nor where they were set. Files are followed along imports whose paths need no evaluation; the rest is not looked at.
/// </summary>
internal sealed class ProjectFileNames
{
    private const int MostFiles = 100;
    private const long LargestFile = 16 << 20;

    // The usual way from one Directory.Build file to the next one above.
    private const string BeforeFileAbove = "$([MSBuild]::GetPathOfFileAbove('";
    private static readonly string[] AfterFileAbove =
        ["', '$(MSBuildThisFileDirectory)..'))", @"', '$(MSBuildThisFileDirectory)..\'))", "', '$(MSBuildThisFileDirectory)../'))"];

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
        if (_seen.Count >= MostFiles || !_seen.Add(path))
        {
            return;
        }

        // What stands before a mistake counts as well; MSBuild reports the mistake.
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: < LargestFile })
            {
                using var reader = XmlReader.Create(path, Settings);
                Add(reader, path);
            }
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
        }
    }

    private void Add(XmlReader reader, string path)
    {
        var parents = new Stack<string>();
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.EndElement)
            {
                parents.Pop();
            }
            else if (reader.NodeType == XmlNodeType.Element)
            {
                var name = reader.LocalName;
                var parent = parents.Count > 0 ? parents.Peek() : "";
                if (!reader.IsEmptyElement)
                {
                    parents.Push(name);
                }

                if (parent is "PropertyGroup" or "ItemGroup" && name.StartsWith(ProjectName.Prefix, StringComparison.OrdinalIgnoreCase))
                {
                    var line = (IXmlLineInfo)reader;
                    _names.Add(new ProjectName(name, parent == "ItemGroup", new SourceLocation(path, line.LineNumber, line.LinePosition)));
                }
                else if (name == "Import" && reader.GetAttribute("Sdk") is null && reader.GetAttribute("Project") is { } import && Resolve(import, path) is { } imported)
                {
                    Add(imported);
                }
            }
        }
    }

    private string? Resolve(string import, string importing)
    {
        var folder = Path.GetDirectoryName(importing)!;
        if (import.StartsWith(BeforeFileAbove, StringComparison.Ordinal) && import[BeforeFileAbove.Length..] is var rest
            && rest.IndexOf('\'', StringComparison.Ordinal) is > 0 and var end && AfterFileAbove.Contains(rest[end..]))
        {
            return Above(rest[..end], Path.GetDirectoryName(folder));
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
}
