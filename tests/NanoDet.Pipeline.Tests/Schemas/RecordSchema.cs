using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NanoDet.Data.Datasets;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Locking;
using NanoDet.Pipeline.Manifest;
using NanoDet.Pipeline.Requests;

namespace NanoDet.Pipeline.Tests.Schemas;

/// <summary>The JSON schema of a record: its members, with their documentation, and no others.</summary>
internal static partial class RecordSchema
{
    private static readonly Dictionary<string, string> Summaries = Directory.EnumerateFiles(AppContext.BaseDirectory, "NanoDet.*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .SelectMany(member => Named(member).Append(((string)member.Attribute("name")!, member.Element("summary"))))
        .Where(documented => documented.Item2 is not null)
        .DistinctBy(documented => documented.Item1)
        .ToDictionary(documented => documented.Item1, documented => Text(documented.Item2!));

    /// <summary>Makes the text of a schema file.</summary>
    /// <param name="title">What the file is called.</param>
    /// <param name="type">The record.</param>
    /// <param name="options">How it is written.</param>
    public static string Of(string title, Type type, JsonSerializerOptions options)
    {
        var members = (JsonObject)options.GetJsonSchemaAsNode(type, new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Complete });
        var schema = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = title };
        foreach (var (name, value) in members.ToList())
        {
            schema[name] = value?.DeepClone();
        }

        return schema.ToJsonString(new(options) { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static JsonObject Complete(JsonSchemaExporterContext context, JsonNode node)
    {
        var member = context.PropertyInfo?.AttributeProvider as MemberInfo;
        var known = (member?.DeclaringType, member?.Name) switch
        {
            // What the type does not say.
            ({ } type, nameof(ModelManifest.Schema)) when type == typeof(ModelManifest) => new JsonObject { ["const"] = ModelManifest.CurrentSchema },
            ({ } type, nameof(ModelLock.Version)) when type == typeof(ModelLock) => new JsonObject { ["const"] = 1 },
            (_, nameof(LintRequest.Confidence)) when context.TypeInfo.Type == typeof(LintConfidences) => new JsonObject { ["type"] = "string" },
            (_, nameof(ManifestFile.Sha256)) => new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9a-f]{64}$" },
            (_, nameof(ModelLock.Images)) when context.TypeInfo.ElementType == typeof(LockedImage) => new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = new JsonObject { ["type"] = "string", ["pattern"] = "^(train|val|test) [0-9a-f]+ [0-9a-f]+$" },
            },
            _ when context.TypeInfo.ElementType == typeof(DatasetPart) => new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = new JsonObject { ["enum"] = new JsonArray("train", "val", "test") },
            },
            _ => null,
        };
        var schema = known ?? node as JsonObject ?? (node.GetValueKind() == JsonValueKind.True ? [] : throw new InvalidOperationException($"{context.TypeInfo.Type} has no schema"));
        if (schema.ContainsKey("properties"))
        {
            schema["additionalProperties"] = false;
        }

        var name = member is null ? $"T:{context.TypeInfo.Type.FullName}" : $"P:{member.DeclaringType!.FullName}.{member.Name}";
        if (Summaries.TryGetValue(name, out var summary) && (member is not null || context.Path.IsEmpty))
        {
            schema.Insert(0, "description", summary);
        }

        return schema;
    }

    /// <summary>The parameters of a record, which become its properties.</summary>
    private static IEnumerable<(string Name, XElement? Text)> Named(XElement member)
    {
        var name = (string)member.Attribute("name")!;
        return name.StartsWith("T:", StringComparison.Ordinal)
            ? member.Elements("param").Select(parameter => ($"P:{name[2..]}.{(string)parameter.Attribute("name")!}", (XElement?)parameter))
            : [];
    }

    private static string Text(XElement documentation)
    {
        var copy = new XElement(documentation);
        foreach (var reference in copy.Descendants().Where(element => element.Name == "see").ToList())
        {
            reference.ReplaceWith(((string?)reference.Attribute("cref") ?? "").Split('.')[^1]);
        }

        return Spaces().Replace(copy.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
