using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using NanoDet.Build.Tests.Infrastructure;
using Warning = Microsoft.Build.Logging.StructuredLogger.Warning;

namespace NanoDet.Build.Tests;

/// <summary>The package of a model says what it is: a model card as its readme, an icon, and a sheet of pictures.</summary>
public sealed class ModelPackageTests(PackageFeed feed)
{
    [Fact]
    public async Task A_package_has_a_model_card_an_icon_and_the_sheet()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1, "<PropertyGroup><NanoDetModelLicense>CC-BY-4.0</NanoDetModelLicense></PropertyGroup>");
        using var package = await PackAsync(project, "packed");

        Assert.Equal(("README.md", "icon.png"), (Metadata(package, "readme"), Metadata(package, "icon")));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Content(package, "icon.png").Take(4));
        Assert.Equal(await File.ReadAllBytesAsync(project.Folder["bin/Release/netstandard2.0/Model.preview.png"], TestContext.Current.CancellationToken), Content(package, "model/Model.preview.png"));

        var card = Text(package, "README.md").Split('\n');
        var manifest = JsonDocument.Parse(Content(package, "model/Model.manifest.json")).RootElement;
        Assert.Equal($"# Model {manifest.GetProperty("version").GetString()}".Replace(".", "\\.", StringComparison.Ordinal).Replace("+", "\\+", StringComparison.Ordinal), card[0]);
        Assert.Contains("finds bolt, nut in pictures", card[2], StringComparison.Ordinal);
        var figures = manifest.GetProperty("evaluation").GetProperty("validation");
        Assert.Contains($"| **all** | {Figure(figures, "map")} | {Figure(figures, "map50")} |", card);
        foreach (var entry in figures.GetProperty("classes").EnumerateArray())
        {
            Assert.Contains($"| {entry.GetProperty("name").GetString()} | {Figure(entry, "map")} | {Figure(entry, "map50")} |", card);
        }

        Assert.Contains($"| training | {manifest.GetProperty("data").GetProperty("trainingImages").GetInt32()} |", card);
        Assert.Contains("Input: 64x64 pixels.", Text(package, "README.md"), StringComparison.Ordinal);
        Assert.Contains("Trained from random weights.", Text(package, "README.md"), StringComparison.Ordinal);
        Assert.Contains(@"The model: CC\-BY\-4\.0.", card);
        Assert.Contains("`model/Model.preview.png` in this package", Text(package, "README.md"), StringComparison.Ordinal);
        Assert.Equal("CC-BY-4.0", manifest.GetProperty("model").GetProperty("license").GetString());
    }

    [Theory]
    [InlineData(BuildProject.OneFramework)]
    [InlineData(BuildProject.TwoFrameworks)]
    public async Task A_project_s_own_readme_and_its_wish_to_keep_the_pictures_are_respected(string frameworks)
    {
        using var project = BuildProject.OfModelLibrary(feed, epochs: 1, frameworks, """
            <PropertyGroup><PackageReadmeFile>OWN.md</PackageReadmeFile><NanoDetPackPreview>false</NanoDetPackPreview></PropertyGroup>
            <ItemGroup><None Include="OWN.md" Pack="true" PackagePath="" /></ItemGroup>
            """);
        project.Folder.Write("OWN.md", "mine");
        using var package = await PackAsync(project, "packed");

        Assert.Equal(("OWN.md", "icon.png"), (Metadata(package, "readme"), Metadata(package, "icon")));
        Assert.Equal("mine", Text(package, "OWN.md"));
        Assert.StartsWith("# Library ", Text(package, "model/Library.card.md"), StringComparison.Ordinal);
        Assert.DoesNotContain("preview.png", Text(package, "model/Library.card.md"), StringComparison.Ordinal);
        Assert.Contains("states no licence", Text(package, "model/Library.card.md"), StringComparison.Ordinal);
        Assert.DoesNotContain(package.Entries, entry => entry.Name is "README.md" or "Library.preview.png");
    }

    private static async Task<ZipArchive> PackAsync(BuildProject project, string folder)
    {
        var pack = await project.RunAsync("pack", "-o", project.Folder[$"../{folder}"], "-p:NanoDetStore=");
        Assert.True(pack.ExitCode == 0, pack.Output);
        Assert.DoesNotContain(pack.Diagnostics, diagnostic => diagnostic is Warning { Code: ['N', 'U', ..] });
        return await ZipFile.OpenReadAsync(Directory.GetFiles(project.Folder[$"../{folder}"]).Single(), TestContext.Current.CancellationToken);
    }

    private static string? Metadata(ZipArchive package, string name)
    {
        var nuspec = XDocument.Load(new MemoryStream(Content(package, package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).FullName)));
        return nuspec.Descendants().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
    }

    private static string Figure(JsonElement figures, string name)
        => figures.TryGetProperty(name, out var figure) && figure.ValueKind == JsonValueKind.Number ? figure.GetDouble().ToString("F3", CultureInfo.InvariantCulture) : "no objects";

    private static string Text(ZipArchive package, string name) => System.Text.Encoding.UTF8.GetString(Content(package, name));

    private static byte[] Content(ZipArchive package, string name)
    {
        using var stream = package.GetEntry(name)!.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
