namespace NanoDet.Testing;

/// <summary>Commands that a page tells people to run: blocks of code below a comment that says who runs them for us.</summary>
/// <param name="RunBy">What the comment says; null where there is none.</param>
/// <param name="Lines">The commands.</param>
public sealed record MarkedCommands(string? RunBy, IReadOnlyList<string> Lines)
{
    private const string Opening = "<!-- run by ";

    /// <summary>The blocks of a page whose first line is a command.</summary>
    /// <param name="page">Path in the repository.</param>
    public static IReadOnlyList<MarkedCommands> Read(string page)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, page));
        var blocks = new List<MarkedCommands>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                var before = i == 0 ? "" : lines[i - 1];
                var block = lines.Skip(i + 1).TakeWhile(line => line != "```").ToList();
                blocks.Add(new(before.StartsWith(Opening, StringComparison.Ordinal) ? before[Opening.Length..].Replace(" -->", "", StringComparison.Ordinal) : null, block));
                i += block.Count + 1;
            }
        }

        return [.. blocks.Where(block => block.Lines is [var first, ..] && (first.StartsWith("dotnet ", StringComparison.Ordinal) || first.StartsWith("nanodet ", StringComparison.Ordinal)))];
    }
}
