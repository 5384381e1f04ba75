using System.Globalization;
using System.Text.Json.Nodes;
using NanoDet.Data.Evaluation;
using NanoDet.Pipeline.Manifest;

namespace NanoDet.Tool.Comparing;

/// <summary>Compares two models by their manifests: properties that differ, and all figures.</summary>
/// <param name="Old">Manifest of the old model.</param>
/// <param name="New">Manifest of the new model.</param>
internal sealed record ModelComparison(ModelManifest Old, ModelManifest New)
{
    /// <summary>The sections that are not empty.</summary>
    public IReadOnlyList<DifferenceSection> Sections() =>
    [
        .. new[]
        {
            new DifferenceSection("model", Different(About(Old), About(New))),
            new DifferenceSection("data", Different(Data(Old), Data(New))),
            new DifferenceSection("configuration", Different(Leaves("", Old.Configuration), Leaves("", New.Configuration))),
            new DifferenceSection("lineage", Different(Lineage(Old.Lineage), Lineage(New.Lineage))),
            new DifferenceSection("figures of the validation part", Figures(Old.Evaluation.Validation, New.Evaluation.Validation)),
            new DifferenceSection("figures of the test part", Figures(Old.Evaluation.Test, New.Evaluation.Test)),
        }.Where(section => section.Rows.Count > 0),
    ];

    private static IEnumerable<(string, string?)> About(ModelManifest manifest) =>
    [
        ("name", manifest.Name),
        ("version", manifest.Version),
        .. manifest.Files.Select(file => (Path.GetExtension(file.Name).TrimStart('.'), (string?)file.Sha256)),
        ("classes", string.Join(", ", manifest.Model.Classes)),
        ("tool", manifest.Tool),
        ("commit", manifest.Commit),
        ("threads", Text(manifest.Training.Threads)),
        ("device", manifest.Training.Device),
        ("card", manifest.Reproducibility.Card?.Name),
        ("instructions", manifest.Reproducibility.Instructions),
        ("training precision", manifest.Reproducibility.Arithmetic?.Precision),
        .. manifest.Evaluation.Packages.Select(package => (package.Key, (string?)package.Value)),
    ];

    private static IEnumerable<(string, string?)> Data(ModelManifest manifest) =>
    [
        ("fingerprint", manifest.Data.Fingerprint),
        ("training images", Text(manifest.Data.TrainingImages)),
        ("validation images", Text(manifest.Data.ValidationImages)),
        ("test images", Text(manifest.Data.TestImages)),
        ("objects", Text(manifest.Data.Objects)),
    ];

    private static IEnumerable<(string, string?)> Lineage(ManifestLineage lineage) =>
    [
        ("policy", lineage.Policy),
        ("parent", lineage.Parent),
        ("reason", lineage.Reason),
        ("warm starts in a row", Text(lineage.Generation)),
        ("added images", Images(lineage.Added)),
        ("removed images", Images(lineage.Removed)),
        ("changed images", Images(lineage.Changed)),
    ];

    private static string Images(ManifestImages images)
        => images.Count == 0 ? "0" : $"{Text(images.Count)}: {string.Join(", ", images.First)}{(images.Count > images.First.Length ? ", …" : "")}";

    private static IEnumerable<(string, string?)> Leaves(string path, JsonNode? node) => node is JsonObject element
        ? element.SelectMany(member => Leaves(path.Length == 0 ? member.Key : $"{path}.{member.Key}", member.Value))
        : [(path, node?.ToJsonString() ?? "null")];

    private static List<DifferenceRow> Different(IEnumerable<(string Name, string? Value)> before, IEnumerable<(string Name, string? Value)> after)
    {
        var (old, now) = (Named(before), Named(after));
        return [.. old.Keys.Union(now.Keys)
            .Select(name => new DifferenceRow(name, old.GetValueOrDefault(name), now.GetValueOrDefault(name)))
            .Where(row => row.Old != row.New)];
    }

    private static Dictionary<string, string?> Named(IEnumerable<(string Name, string? Value)> values)
        => values.DistinctBy(value => value.Name).ToDictionary(value => value.Name, value => value.Value);

    private static List<DifferenceRow> Figures(PartResult? old, PartResult? now)
    {
        if (old is null && now is null)
        {
            return [];
        }

        var (before, after) = (Classes(old), Classes(now));
        return
        [
            Figure("mAP", old?.Map, now?.Map), Figure("mAP50", old?.Map50, now?.Map50), Figure("mAP75", old?.Map75, now?.Map75),
            Figure("recall", old?.Recall, now?.Recall),
            .. after.Keys.Concat(before.Keys.Except(after.Keys)).SelectMany(name => new[]
            {
                Figure($"mAP of {name}", before.GetValueOrDefault(name)?.Map, after.GetValueOrDefault(name)?.Map),
                Figure($"mAP50 of {name}", before.GetValueOrDefault(name)?.Map50, after.GetValueOrDefault(name)?.Map50),
            }),
        ];
    }

    private static Dictionary<string, ClassResult> Classes(PartResult? part)
        => part?.Classes.DistinctBy(entry => entry.Name).ToDictionary(entry => entry.Name, StringComparer.Ordinal) ?? [];

    private static DifferenceRow Figure(string name, double? old, double? now) => new(name, Text(old), Text(now), now - old);

    private static string? Text(double? figure) => figure?.ToString("F4", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
