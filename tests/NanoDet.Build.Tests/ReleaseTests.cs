using System.IO.Compression;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>What a release promises: the same packages wherever it is packed, and no break of what programs use.</summary>
public sealed class ReleaseTests(PackageFeed feed)
{
    private static readonly string[] Packed = ["Detection.DependencyInjection", "Detection.ImageSharp", "Detection.SkiaSharp", "Detection", "Imaging", "Core", "ModelInfo", "Templates"];

    [Fact]
    public async Task Packages_of_one_commit_have_the_same_bytes_wherever_they_are_packed()
    {
        using var packages = new TestFolder("packages");
        using var copy = await RepositoryCopy.MakeAsync();
        using var clone = await copy.CloneAsync();
        foreach (var (source, folder) in new[] { (copy, "first"), (clone, "second") })
        {
            var (exitCode, output) = await source.PackAsync(Packed, packages[folder], "-p:RunAnalyzers=false");
            Assert.True(exitCode == 0, output);
        }

        var names = Names("first");
        Assert.Equal(names, Names("second"));
        Assert.Equal(Packed.Length, names.Count(name => name!.EndsWith(".nupkg", StringComparison.Ordinal)));
        Assert.Equal(6, names.Count(name => name!.EndsWith(".snupkg", StringComparison.Ordinal)));
        Assert.All(names, name =>
        {
            var (first, second) = (packages[$"first/{name}"], packages[$"second/{name}"]);
            // By entry first: that says what differs.
            Assert.Equal(Entries(first), Entries(second));
            Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        });

        IEnumerable<string?> Names(string folder) => Directory.GetFiles(packages[folder]).Select(Path.GetFileName).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_release_that_takes_something_away_from_programs_is_refused()
    {
        using var packages = new TestFolder("packages");
        using var copy = await RepositoryCopy.MakeAsync();
        string[] next = ["-p:Version=1.1.0", $"-p:PackageValidationBaselinePath={Path.Combine(feed.Packed, "NanoDet.Core.1.0.0.nupkg")}", "-p:RunAnalyzers=false"];
        var same = await copy.PackAsync(["Core"], packages.FullPath, next);
        Assert.True(same.ExitCode == 0, same.Output);

        var path = copy["src/NanoDet.Core/Geometry/BoundingBox.cs"];
        var source = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, source.Replace("public double Area ", "internal double Area ", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var broken = await copy.PackAsync(["Core"], packages.FullPath, next);
        Assert.NotEqual(0, broken.ExitCode);
        foreach (var framework in new[] { "net8.0", "net10.0" })
        {
            Assert.Matches($@"error CP0002: Member 'double NanoDet\.Core\.Geometry\.BoundingBox\.Area\.get' exists on .*lib/{framework.Replace(".", @"\.", StringComparison.Ordinal)}/NanoDet\.Core\.dll", broken.Output);
        }
    }

    private static IEnumerable<(string Name, string Content)> Entries(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => (entry.FullName, Hash(entry)))];
    }

    private static string Hash(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(stream));
    }
}
