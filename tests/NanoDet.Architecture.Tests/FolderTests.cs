using System.Text.RegularExpressions;
using NanoDet.Testing;

namespace NanoDet.Architecture.Tests;

/// <summary>Within a project, folders refer to each other in one direction; what lies in the project's own folder is seen by all.</summary>
public sealed class FolderTests
{
    public static TheoryData<string> Projects => [.. Picture.Projects.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_two_folders_need_each_other(string project)
    {
        var files = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", project))
            .ToDictionary(folder => Path.GetFileName(folder), folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories));
        var arrows = files.ToDictionary(
            entry => entry.Key,
            entry => files.Keys.Where(other => other != entry.Key && entry.Value.Any(file => Names(File.ReadAllText(file), project, other, files[other]))).ToArray());
        Assert.All(arrows.Keys, folder => Assert.DoesNotContain(folder, Reached(arrows, folder)));
    }

    // By a using, or by a name that begins with the folder's: Evaluation.CocoMetrics.
    private static bool Names(string source, string project, string folder, string[] files)
        => Regex.IsMatch(source, $@"^using (static )?{Regex.Escape(project)}\.{folder}\b", RegexOptions.Multiline)
        || Regex.Matches(source, $@"(?<![.\w]){folder}\.([A-Z]\w*)").Any(match => files.Any(file => Path.GetFileNameWithoutExtension(file) == match.Groups[1].Value));

    private static HashSet<string> Reached(Dictionary<string, string[]> arrows, string start)
    {
        var reached = new HashSet<string>();
        var waiting = new Stack<string>(arrows[start]);
        while (waiting.TryPop(out var folder))
        {
            if (reached.Add(folder))
            {
                Array.ForEach(arrows[folder], waiting.Push);
            }
        }

        return reached;
    }
}
