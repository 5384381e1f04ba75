using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration.Yaml;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>
/// Reads the names of the classes from any file that has them: a list with one name on each line, Ultralytics' <c>data.yaml</c>
/// (<c>names</c> as a list or a map), darknet's <c>obj.data</c> (the file that <c>names</c> says), or JSON with <c>categories</c>
/// (Label Studio's <c>notes.json</c>, COCO).
/// </summary>
internal static class ClassSource
{
    private const long LargestFile = 64 << 20;
    private const int MostKeypoints = 10_000;

    /// <summary>Reads the names.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NanoDetException">NDB1063, or NDB10xx or NDB3001: what is wrong with it.</exception>
    public static ClassList Read(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".yaml" or ".yml" => OfYaml(path),
        ".json" => ClassList.FromNames(OfJson(path), new(path)),
        ".data" => Read(FileOf(path)),
        ".xml" => throw Wrong(path, "it is an XML file; give a text file with one name on each line"),
        _ => ClassList.FromFile(path),
    };

    /// <summary>The names in a file that may have some.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Null where it has none that can be read; whoever needs them says what is wrong.</returns>
    public static ImmutableArray<string>? NamesIn(string path)
    {
        try
        {
            return Read(path).Names;
        }
        catch (NanoDetException)
        {
            return null;
        }
    }

    /// <summary>The file that has the names: the file itself, or the one that darknet's description names.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NanoDetException">NDB1063: the description names none that is there.</exception>
    public static string FileOf(string path) => IsDescription(path) ? NamedIn(path) : path;

    private static bool IsDescription(string path) => Path.GetExtension(path).Equals(".data", StringComparison.OrdinalIgnoreCase);

    private static ClassList OfYaml(string path)
    {
        var mapping = YamlDocument.Read(path, Text(path)) as YamlMapping;
        var classes = ClassList.FromNames(NamesOf(path, Value("names")), new(path));

        if (Value("nc") is YamlScalar number)
        {
            CheckCount(number.Location, "nc", number.Text, classes.Names, "'names'");
        }

        return Value("kpt_shape") is { } shape and not YamlScalar { IsNull: true } ? classes.WithKeypoints(KeypointNumbers(shape)) : classes;

        YamlNode? Value(string key) => mapping?.Entries.FirstOrDefault(entry => entry.Key.Text == key).Value;
    }

    /// <summary>How many numbers Ultralytics' <c>kpt_shape: [17, 3]</c> means.</summary>
    private static int KeypointNumbers(YamlNode shape)
        => shape is YamlSequence { Items: [YamlScalar points, YamlScalar numbers] }
            && int.TryParse(points.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= MostKeypoints
            && numbers.Text is "2" or "3"
            ? count * (numbers.Text[0] - '0')
            : throw new NanoDetException(DiscoveryDiagnostics.NoListOfClasses(shape.Location, "'kpt_shape' is not the number of keypoints and 2 or 3, as in [17, 3]"));

    private static IEnumerable<string> NamesOf(string path, YamlNode? names)
    {
        return names switch
        {
            YamlSequence list => list.Items.Select(Name),
            YamlMapping map => InOrder(path, map.Entries.Select(entry => (Number(entry.Key), Name(entry.Value)))),
            YamlScalar { IsNull: false } text => throw new NanoDetException(DiscoveryDiagnostics.NoListOfClasses(text.Location, $"'names' is a text; write a list: names: [{DiagnosticText.Shorten(text.Text)}]")),
            _ => throw Wrong(path, "a YAML file of classes has the key 'names' with a list, or a map from numbers to names"),
        };

        string Name(YamlNode node) => node is YamlScalar { IsNull: false } scalar ? scalar.Text
            : throw new NanoDetException(DiscoveryDiagnostics.NoListOfClasses(node.Location, "a name under 'names' is no text"));
        long Number(YamlScalar key) => long.TryParse(key.Text, CultureInfo.InvariantCulture, out var number) ? number
            : throw new NanoDetException(DiscoveryDiagnostics.NoListOfClasses(key.Location, $"under 'names', {key.Describe()} is no number of a class"));
    }

    private static IEnumerable<string> OfJson(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(EncodedText.InUtf8(LabelFile.Read(path, LargestFile)).ToArray());
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("categories", out var categories) && categories.ValueKind == JsonValueKind.Array)
            {
                return [.. categories.EnumerateArray().Select(entry => (entry.GetProperty("id").GetInt64(), entry.GetProperty("name").GetString() ?? "")).OrderBy(entry => entry.Item1).Select(entry => entry.Item2)];
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new NanoDetException(DiscoveryDiagnostics.NoListOfClasses(new(path), "a JSON file of classes has 'categories', each with a number as 'id' and a 'name'"), exception);
        }

        throw Wrong(path, "a JSON file of classes has 'categories', each with a number as 'id' and a 'name'");
    }

    /// <summary>The file that a line <c>names = …</c> says, which is often relative to a folder that was somewhere else.</summary>
    private static string NamedIn(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var lines = Text(path).Split('\n').Index().Where(line => line.Item.Contains('=', StringComparison.Ordinal))
            .Select(line => (Place: new SourceLocation(path, line.Index + 1), Key: line.Item.Split('=', 2)[0].Trim(), Value: line.Item.Split('=', 2)[1].Trim())).ToList();
        if (lines.Find(line => line.Key == "names") is not { Key: not null } named)
        {
            throw Wrong(path, "a .data file has a line 'names = ' with the file of the names");
        }

        var description = new DatasetDescription(Path.GetFileName(path), null, []);
        var found = description.Resolve(named.Value, name => File.Exists(Path.Combine(folder, name))) is { } there ? Path.Combine(folder, there)
            : throw new NanoDetException(DiscoveryDiagnostics.NoListOfClasses(named.Place, $"there is no file '{DiagnosticText.Shorten(PlainName.Of(named.Value))}' with the names"));
        // A description has no names of its own: followed further, one that names itself would never end.
        if (IsDescription(found))
        {
            throw new NanoDetException(DiscoveryDiagnostics.NoListOfClasses(named.Place, $"'names' gives '{DiagnosticText.Shorten(PlainName.Of(named.Value))}', which is a description like this file; give the text file with one name on each line"));
        }

        if (lines.Find(line => line.Key == "classes") is { Key: not null } counted && NamesIn(found) is { } names)
        {
            CheckCount(counted.Place, "classes", counted.Value, names, $"'{Path.GetFileName(found)}'");
        }

        return found;
    }

    /// <summary>Darknet and Ultralytics refuse another number too: names are missing or too many, and nobody knows which.</summary>
    private static void CheckCount(SourceLocation place, string key, string text, ImmutableArray<string> names, string list)
    {
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) && count != names.Length)
        {
            throw new NanoDetException(DiscoveryDiagnostics.NoListOfClasses(place, string.Create(
                CultureInfo.InvariantCulture, $"'{key}' is {count}, but {list} has {names.Length} name{(names.Length == 1 ? "" : "s")}. Correct the one that is wrong")));
        }
    }

    /// <summary>Names by their numbers, which count from 0.</summary>
    private static List<string> InOrder(string path, IEnumerable<(long Number, string Name)> names)
    {
        var sorted = names.OrderBy(entry => entry.Number).ToList();
        return sorted.Index().All(entry => entry.Item.Number == entry.Index) ? sorted.ConvertAll(entry => entry.Name)
            : throw Wrong(path, "the numbers of the classes are not 0, 1, 2 and so on");
    }

    private static string Text(string path) => EncodedText.Decode(LabelFile.Read(path, LargestFile), path, LabelDiagnostics.NotUtf8);

    private static NanoDetException Wrong(string path, string expected) => new(DiscoveryDiagnostics.NoListOfClasses(new(path), expected));
}
