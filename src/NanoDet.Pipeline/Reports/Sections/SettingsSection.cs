using System.Text.Json.Nodes;
using NanoDet.Data.Pages;
using NanoDet.Pipeline.Manifest;

namespace NanoDet.Pipeline.Reports.Sections;

/// <summary>Every value of the effective configuration.</summary>
internal static class SettingsSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter page, ModelManifest manifest)
    {
        page.Write($"<details><summary>The effective configuration</summary>");
        NumberTable.Write(page, "The effective configuration", ["setting", "value"], Values("", manifest.Configuration)
            .Select(row => new[] { NumberTable.Name(row.Name), NumberTable.Name(row.Value) }));
        page.Write($"</details>");
    }

    private static IEnumerable<(string Name, string Value)> Values(string name, JsonNode? node) => node switch
    {
        JsonObject values => values.SelectMany(value => Values(name.Length == 0 ? value.Key : $"{name}.{value.Key}", value.Value)),
        JsonArray list when list.Any(item => item is JsonObject) => list.SelectMany((item, index) => Values($"{name}.{index}", item)),
        JsonArray list => [(name, string.Join(", ", list.Select(item => item?.ToString() ?? "none")))],
        _ => [(name, node?.ToString() ?? "none")],
    };
}
