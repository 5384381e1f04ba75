using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Detection;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Models;

/// <summary>Describes a model in sections of names and values: the file, its metadata, and the manifest beside it.</summary>
internal static class ModelDescription
{
    private const int MaxManifestLength = 64 << 20;
    private const int ListedValues = 12;

    /// <summary>Describes a model by its ONNX file, or only a manifest.</summary>
    /// <exception cref="NanoDetException">The model cannot be loaded (NDB60xx), or NDB6111 for the manifest.</exception>
    /// <param name="path">The file.</param>
    /// <param name="showAll">Whether long lists are shown to their end.</param>
    public static IReadOnlyList<DescriptionSection> Of(string path, bool showAll)
    {
        if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase))
        {
            return ReadManifest(path, showAll);
        }

        using var detector = Detector.Load(path);
        var manifest = Path.ChangeExtension(path, ".manifest.json");
        return [OfFile(path), OfMetadata(detector, showAll), .. File.Exists(manifest) ? ReadManifest(manifest, showAll) : []];
    }

    private static DescriptionSection OfFile(string path)
    {
        using var stream = RegularFile.OpenRead(path);
        var (length, sha256) = (stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
        return new("file", [("path", path), ("size", Text($"{length} bytes")), ("sha256", sha256)])
        {
            Json = ("file", new { path, length, sha256 }),
        };
    }

    private static string Listed(IReadOnlyList<string> values, bool showAll) => showAll || values.Count <= ListedValues
        ? string.Join(", ", values)
        : Text($"{string.Join(", ", values.Take(ListedValues))}, … (--all shows all)");

    private static DescriptionSection OfMetadata(Detector detector, bool showAll)
    {
        var metadata = detector.Metadata;
        return new("model",
        [
            ("version", metadata.Version ?? "-"),
            ("license", metadata.License ?? "-"),
            ("classes", Text($"{metadata.Classes.Length}: {Listed(metadata.Classes, showAll)}")),
            ("input", Text($"{metadata.InputWidth}x{metadata.InputHeight}, {(metadata.KeepRatio ? "aspect ratio kept" : "stretched")}")),
            ("batch", detector.CanBatch ? "any" : "1"),
            ("strides", string.Join(", ", metadata.Strides)),
            ("reg_max", Text($"{metadata.RegMax}")),
            ("prior", metadata.CentredPriors ? "middle of the cell (NanoDet)" : "corner of the cell (NanoDet-Plus)"),
            ("mean (b, g, r)", string.Join(", ", metadata.Mean.Select(value => Text($"{value}")))),
            ("std (b, g, r)", string.Join(", ", metadata.Std.Select(value => Text($"{value}")))),
            ("thresholds", Text($"score {metadata.ScoreThreshold}, IoU {metadata.IouThreshold}, at most {metadata.MaxDetections}")),
        ])
        {
            Json = ("model", new
            {
                metadata.Version,
                metadata.License,
                metadata.Classes,
                metadata.InputWidth,
                metadata.InputHeight,
                metadata.KeepRatio,
                detector.CanBatch,
                metadata.Strides,
                metadata.RegMax,
                metadata.CentredPriors,
                MeanBgr = metadata.Mean,
                StdBgr = metadata.Std,
                metadata.ScoreThreshold,
                metadata.IouThreshold,
                metadata.MaxDetections,
            }),
        };
    }

    /// <summary>Every value of a manifest, whatever its schema version: objects become sections, long lists are shortened.</summary>
    private static List<DescriptionSection> ReadManifest(string path, bool showAll)
    {
        try
        {
            if (new FileInfo(path).Length > MaxManifestLength)
            {
                throw new NanoDetException(ToolDiagnostics.UnreadableManifest(path, "it is larger than any manifest"));
            }

            using var document = JsonDocument.Parse(RegularFile.ReadAllBytes(path));
            var plain = new DescriptionSection("manifest", []) { Json = ("manifest", document.RootElement.Clone()) };
            var sections = new List<DescriptionSection> { plain };
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.Object)
                {
                    sections.Add(new("manifest: " + property.Name, [.. Flatten("", property.Value, showAll)]));
                }
                else
                {
                    plain.Rows.AddRange(Flatten(property.Name, property.Value, showAll));
                }
            }

            return sections;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new NanoDetException(ToolDiagnostics.UnreadableManifest(path, exception.Message), exception);
        }
    }

    /// <summary>One row for each value: <c>validation.map</c>; objects in a list go by their name, <c>classes.bolt.map</c>, or by their number.</summary>
    private static IEnumerable<(string Name, string Value)> Flatten(string path, JsonElement element, bool showAll)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return element.EnumerateObject().SelectMany(property => Flatten(Join(path, property.Name), property.Value, showAll));
            case JsonValueKind.Array when element.GetArrayLength() > 0 && (showAll || element.GetArrayLength() <= ListedValues) && element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object):
                return element.EnumerateArray().Index().SelectMany(item => Flatten(Join(path, NameOf(item.Item) ?? Text($"{item.Index + 1}")), item.Item, showAll));
            default:
                return [(path, Value(element, showAll))];
        }

        static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

        static string? NameOf(JsonElement item) => item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
    }

    private static string Value(JsonElement element, bool showAll) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Null => "-",
        JsonValueKind.Array when !showAll && element.GetArrayLength() > ListedValues
            => Text($"{string.Join(", ", element.EnumerateArray().Take(ListedValues).Select(item => Value(item, showAll)))}, … ({element.GetArrayLength()} in all)"),
        JsonValueKind.Array => string.Join(", ", element.EnumerateArray().Select(item => Value(item, showAll))),
        JsonValueKind.Object => string.Join(" ", element.EnumerateObject().Select(property => $"{property.Name}={Value(property.Value, showAll)}")),
        _ => element.GetRawText(),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
