using System.Text.Json;
using NanoDet.Core.Files;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Store.Local;

/// <summary>
/// The last models of each name, as <c>roots/MODEL/VERSION.json</c>, both hashed. All checkouts of a project have the same name,
/// whatever their folder is. A root that cannot be read counts as missing, which may cost a training later.
/// </summary>
/// <param name="store">The store.</param>
public sealed class StoreRoots(LocalStore store)
{
    /// <summary>The number of models of a name to record.</summary>
    public const int Most = 10;

    private const int MostBytes = 1 << 16;

    /// <summary>Records a model as the last of its name, and removes the oldest ones.</summary>
    public void Add(StoreRoot root)
    {
        var folder = Path.Combine(store.Folder, "roots", Hash(root.Name));
        AtomicFile.Write(Path.Combine(folder, Hash(root.Version) + ".json"), CanonicalJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", 1);
            writer.WriteString("model", root.Name);
            writer.WriteString("modelVersion", root.Version);
            writer.WriteStartArray("entries");
            foreach (var key in root.Keys)
            {
                writer.WriteStringValue(key);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }));
        Trim(Most);
    }

    /// <summary>All roots, the last model of a name first.</summary>
    public IReadOnlyList<StoreRoot> All() => [.. Folders().SelectMany(InOrder).Select(Read).OfType<StoreRoot>()];

    /// <summary>Removes all but the last models of each name.</summary>
    public void Trim(int keep)
    {
        foreach (var file in Folders().SelectMany(folder => InOrder(folder).Skip(keep)))
        {
            file.Delete();
        }
    }

    private DirectoryInfo[] Folders()
        => new DirectoryInfo(Path.Combine(store.Folder, "roots")) is { Exists: true } folder ? folder.GetDirectories() : [];

    private static IEnumerable<FileInfo> InOrder(DirectoryInfo folder) => folder.GetFiles("*.json")
        .OrderByDescending(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal);

    private static StoreRoot? Read(FileInfo file)
    {
        try
        {
            if (file.Length > MostBytes)
            {
                return null;
            }

            using var document = JsonDocument.Parse(RegularFile.ReadAllBytes(file.FullName));
            var root = document.RootElement;
            return new StoreRoot(
                root.GetProperty("model").GetString()!,
                root.GetProperty("modelVersion").GetString()!,
                [.. root.GetProperty("entries").EnumerateArray().Select(key => key.GetString()!).Where(text => ContentHash.IsText(text))]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Hash(string text) => ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(text)).ToString()[..16];
}
