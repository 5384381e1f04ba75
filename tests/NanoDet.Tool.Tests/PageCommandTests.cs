using System.Text.RegularExpressions;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary>What the pages tell people to write for the tool: verbs and options that its help knows.</summary>
public sealed partial class PageCommandTests
{
    public static TheoryData<string> Pages =>
    [
        "README.md",
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(page => Path.GetRelativePath(Repository.Root, page).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_command_of_a_page_has_a_verb_and_options_that_exist(string page)
    {
        foreach (var command in Commands(await File.ReadAllTextAsync(Path.Combine(Repository.Root, page), TestContext.Current.CancellationToken)))
        {
            var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var verb = words.TakeWhile(word => word.All(char.IsAsciiLetterLower)).Take(words[0] == "store" ? 2 : 1).ToArray();
            var help = await ToolProcess.RunAsync([.. verb, "--help"]);
            Assert.True(help.ExitCode == 0 && help.Output.Contains($"nanodet {string.Join(' ', verb)}", StringComparison.Ordinal), $"{page}: nanodet {command}: {help.Error}");
            Assert.All(words.Where(word => word.StartsWith("--", StringComparison.Ordinal)), option => Assert.Matches($@"{option}\b", help.Output));
        }
    }

    [Fact]
    public void Commands_are_found()
        => Assert.True(Commands(File.ReadAllText(Path.Combine(Repository.Root, "docs/nanodet-tool.md"))).Count() > 10);

    /// <summary>What follows <c>nanodet</c> in inline code, without what comes before or behind a pipe, and in blocks, without comments.</summary>
    private static IEnumerable<string> Commands(string page)
        => InlineCode().Matches(page).Select(match => match.Groups[1].Value)
            .Concat(Line().Matches(page).Select(match => match.Groups[1].Value))
            .Select(command => command.Split(" #")[0].Trim())
            .Where(command => command.Length > 0 && !command.Contains('…', StringComparison.Ordinal) && !command.StartsWith('('));

    [GeneratedRegex(@"`(?:[^`\n]*\\\| )?(?:dotnet )?nanodet ([^`\n|]+?)(?:\\\|[^`\n]*)?`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"^(?:dotnet )?nanodet (.+)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
