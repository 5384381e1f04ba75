using System.Text.Json;
using System.Text.Json.Nodes;
using NanoDet.Build.Tests.Infrastructure;

namespace NanoDet.Build.Tests;

/// <summary>The JSON schemas tell files that builds write from all others.</summary>
public sealed class WrittenFileTests(PackageFeed feed)
{
    [Fact]
    public async Task A_schema_takes_what_a_build_writes_and_nothing_else()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1, """
            <PropertyGroup><NanoDetAugmentationCopies>1</NanoDetAugmentationCopies><NanoDetLockFile>true</NanoDetLockFile></PropertyGroup>
            <ItemGroup><NanoDetAugmentation Include="FlipHorizontal" Probability="0.5" /></ItemGroup>
            """);
        await project.ExpectStagesAsync("split convert augment train export evaluate");
        Assert.Equal(0, (await project.RunAsync("build", "-t:NanoDetPreview")).ExitCode);

        var written = WrittenFiles.In(project.Folder.FullPath).ToList();
        Assert.Equal(
            ["nanodet.augment-request", "nanodet.evaluate-request", "nanodet.export-request", "nanodet.lock", "nanodet.manifest", "nanodet.preview-request", "nanodet.split", "nanodet.train-request"],
            written.Select(file => file.Schema).Distinct().Order(StringComparer.Ordinal));
        foreach (var (path, schema) in written.DistinctBy(file => file.Schema))
        {
            var content = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            Assert.Empty(Problems(schema, JsonNode.Parse(content)!));
            var wrong = Wrong(content).ToList();
            Assert.NotEmpty(wrong);
            Assert.All(wrong, change => Assert.True(Problems(schema, change.Document).Count > 0, $"{schema}: {change.What}"));
        }
    }

    private static IReadOnlyList<string> Problems(string schema, JsonNode document) => WrittenFiles.Problems(schema, JsonSerializer.SerializeToElement(document));

    /// <summary>A document with a member too many, and with each value in turn of a kind that no member has.</summary>
    private static IEnumerable<(string What, JsonNode Document)> Wrong(string content)
    {
        var more = JsonNode.Parse(content)!;
        more["unknown"] = 1;
        yield return ("a member too many", more);
        foreach (var path in Values(JsonNode.Parse(content)!))
        {
            var document = JsonNode.Parse(content)!;
            var value = path.Aggregate(document, (node, step) => step is int index ? node![index]! : node![(string)step]!);
            value.ReplaceWith(new JsonObject { ["unknown"] = new JsonArray(1) });
            yield return ($"{string.Join('/', path)} of another kind", document);
        }
    }

    /// <summary>The way to each value that is no list or object; what the configuration holds is its own business.</summary>
    private static IEnumerable<object[]> Values(JsonNode node) => node switch
    {
        JsonObject members => members.Where(member => member.Key != "configuration" && member.Value is not null).SelectMany(member => Values(member.Value!).Select(rest => (object[])[member.Key, .. rest])),
        JsonArray list => list.SelectMany((item, index) => Values(item!).Select(rest => (object[])[index, .. rest])),
        _ => [[]],
    };
}
