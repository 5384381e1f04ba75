using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>The C# code of the pages, as it stands there, compiled against the packages by a new console project.</summary>
public sealed class SnippetTests(PackageFeed feed)
{
    private static readonly string[] Pages = ["README.md", "docs/detection.md"];

    // What Microsoft.NET.Sdk.Web adds.
    private const string WebReferences = """
        <FrameworkReference Include="Microsoft.AspNetCore.App" />
        <Using Include="Microsoft.AspNetCore.Builder" /><Using Include="Microsoft.AspNetCore.Http" /><Using Include="Microsoft.Extensions.DependencyInjection" />
        """;

    public static TheoryData<string, int> Snippets
        => [.. from page in Pages from index in Enumerable.Range(0, Read(page).Count) select (page, index)];

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task Code_of_a_page_compiles(string page, int index)
    {
        var code = Read(page)[index];
        var usesModel = code.Contains("ModelInfo", StringComparison.Ordinal);
        using var project = usesModel ? BuildProject.OfModel(feed, epochs: 1) : BuildProject.OfSdk(feed);
        var references = new (string Word, string Package, string Version)[]
        {
            ("using NanoDet.Detection.ImageSharp;", "NanoDet.Detection.ImageSharp", "1.0.0"),
            ("AddNanoDetDetector", "NanoDet.Detection.DependencyInjection", "1.0.0"),
            ("BuildServiceProvider", "Microsoft.Extensions.DependencyInjection", "8.0.1"),
        }.Where(needed => code.Contains(needed.Word, StringComparison.Ordinal)).Select(needed => $"""<PackageReference Include="{needed.Package}" Version="{needed.Version}" />""");
        var web = code.Contains("WebApplication", StringComparison.Ordinal) ? WebReferences : "";
        var program = new DetectingProgram(
            project, "program", web + string.Concat(references) + (usesModel ? """<ProjectReference Include="../model/Model.proj" />""" : ""), "<TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>");
        await File.WriteAllTextAsync(program["Program.cs"], code.Contains("using NanoDet", StringComparison.Ordinal) ? code : "using NanoDet.Detection;\n" + code, TestContext.Current.CancellationToken);

        await program.ExpectAsync("build", "-p:NanoDetStore=");
    }

    [Fact]
    public void No_other_page_has_code()
        => Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories).Where(page => Path.GetFileName(page) != "detection.md"),
            page => File.ReadAllText(page).Contains("```csharp", StringComparison.Ordinal));

    private static List<string> Read(string page)
    {
        var snippets = new List<string>();
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, page));
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() == "```csharp")
            {
                snippets.Add(string.Join('\n', lines.Skip(i + 1).TakeWhile(line => line.Trim() != "```")));
            }
        }

        return snippets;
    }
}
