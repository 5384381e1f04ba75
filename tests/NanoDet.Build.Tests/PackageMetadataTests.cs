using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>What a gallery shows of each package: where it comes from, an icon, and a readme whose links lead somewhere.</summary>
public sealed partial class PackageMetadataTests(PackageFeed feed)
{
    private static readonly string Address = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("RepositoryUrl").Single().Value;

    /// <summary>Each package, and the page that is its readme.</summary>
    public static TheoryData<string, string> Packages => new()
    {
        { "NanoDet.Build", "README.md" },
        { "NanoDet.Core", "src/NanoDet.Core/README.md" },
        { "NanoDet.Detection", "docs/detection.md" },
        { "NanoDet.Detection.DependencyInjection", "docs/detection.md" },
        { "NanoDet.Detection.ImageSharp", "docs/detection.md" },
        { "NanoDet.Detection.SkiaSharp", "docs/detection.md" },
        { "NanoDet.Imaging", "src/NanoDet.Imaging/README.md" },
        { "NanoDet.ModelInfo", "src/NanoDet.ModelInfo/README.md" },
        { "NanoDet.Templates", "src/NanoDet.Templates/README.md" },
    };

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task A_package_says_where_it_comes_from_and_its_readme_leads_there(string id, string page)
    {
        using var package = await ZipFile.OpenReadAsync(Path.Combine(feed.Packed, $"{id}.1.0.0.nupkg"), TestContext.Current.CancellationToken);
        var metadata = XDocument.Parse(Text(package, $"{id}.nuspec")).Root!.Elements().First(element => element.Name.LocalName == "metadata");
        Assert.Equal((Address, "README.md", "icon.png"), (Value(metadata, "projectUrl"), Value(metadata, "readme"), Value(metadata, "icon")));
        var repository = metadata.Elements().Single(element => element.Name.LocalName == "repository");
        Assert.Equal((Address, "git"), ((string?)repository.Attribute("url"), (string?)repository.Attribute("type")));
        var commit = (string?)repository.Attribute("commit");
        Assert.Matches("^[0-9a-f]{40}$", commit);
        Assert.StartsWith("\u0089PNG", System.Text.Encoding.Latin1.GetString(Content(package, "icon.png")), StringComparison.Ordinal);

        var readme = Text(package, "README.md");
        var source = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, page), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        Assert.Equal(Code(source), Code(readme));
        Assert.DoesNotContain("<!-- run by", readme, StringComparison.Ordinal);
        Assert.All(Links(readme), link => Assert.Matches("^(https://|#)", link));

        // Each link of the page is there, in its order, as the same file of the commit.
        Assert.Equal(Links(source).Select(link => Target(link, page, commit!)), Links(readme).Select(link => link.StartsWith('#') ? link : new Uri(link).AbsoluteUri));
    }

    /// <summary>The address of what a link of a page leads to, which is a file of the repository or is elsewhere.</summary>
    private static string Target(string link, string page, string commit)
    {
        if (link.StartsWith('#') || Uri.TryCreate(link, UriKind.Absolute, out _))
        {
            return link.StartsWith('#') ? link : new Uri(link).AbsoluteUri;
        }

        var file = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, link.Split('#')[0]));
        Assert.True(Path.Exists(file), $"{page}: {link}");
        var picture = Path.GetExtension(file) is ".jpg" or ".png";
        var root = picture ? $"{Address.Replace("github.com", "raw.githubusercontent.com", StringComparison.Ordinal)}/{commit}" : $"{Address}/blob/{commit}";
        return new Uri($"{root}/{Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')}{(link.Contains('#', StringComparison.Ordinal) ? $"#{link.Split('#')[1]}" : "")}").AbsoluteUri;
    }

    private static IEnumerable<string> Links(string page) => Link().Matches(CodeBlock().Replace(page, "")).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> Code(string page) => CodeBlock().Matches(page).Select(match => match.Value);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    private static string? Value(XElement metadata, string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    private static string Text(ZipArchive package, string name) => System.Text.Encoding.UTF8.GetString(Content(package, name)).TrimStart('\uFEFF').ReplaceLineEndings("\n");

    private static byte[] Content(ZipArchive package, string name)
    {
        using var stream = package.GetEntry(name)!.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
