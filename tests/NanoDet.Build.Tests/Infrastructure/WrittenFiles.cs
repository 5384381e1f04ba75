using System.Collections.Concurrent;
using System.Text.Json;
using Json.Schema;
using NanoDet.Testing;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>The files of a project that have a JSON schema, and their schemas.</summary>
internal static class WrittenFiles
{
    private static readonly ConcurrentDictionary<string, JsonSchema> Schemas = new();

    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, AttributesToSkip = 0, MaxRecursionDepth = 6 };

    /// <summary>Finds the files that builds have written below a folder.</summary>
    /// <returns>The path of each, and the name of its schema.</returns>
    public static IEnumerable<(string Path, string Schema)> In(string folder)
        => Directory.EnumerateFiles(folder, "*.json", Everywhere).Select(path => (path, SchemaOf(Path.GetFileName(path)))).Where(file => file.Item2 is not null)!;

    /// <summary>Says what a schema has against a document; empty if nothing.</summary>
    public static IReadOnlyList<string> Problems(string schema, JsonElement document)
    {
        var judged = Schemas.GetOrAdd(schema, name => JsonSchema.FromText(File.ReadAllText(Path.Combine(Repository.Root, "docs", "schemas", $"{name}.schema.json"))))
            .Evaluate(document, new() { OutputFormat = OutputFormat.List });
        return judged.IsValid ? [] : [.. (judged.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}")).DefaultIfEmpty("invalid")];
    }

    /// <summary>Expects every file of a project to be as its schema says.</summary>
    public static void Expect(string folder)
    {
        foreach (var (path, schema) in In(folder))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var problems = Problems(schema, document.RootElement);
            Assert.True(problems.Count == 0, $"{path}: {string.Join("; ", problems)}");
        }
    }

    private static string? SchemaOf(string name) => name switch
    {
        "nanodet.lock.json" => "nanodet.lock",
        "nanodet.split.json" => "nanodet.split",
        "nanodet.baseline.json" => "nanodet.manifest",
        _ when name.EndsWith(".manifest.json", StringComparison.Ordinal) => "nanodet.manifest",
        _ when name.EndsWith(".request.json", StringComparison.Ordinal) => $"nanodet.{name.Split('.')[0]}-request",
        _ => null,
    };
}
