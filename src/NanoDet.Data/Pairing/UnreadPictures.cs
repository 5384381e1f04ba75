using NanoDet.Data.Images;

namespace NanoDet.Data.Pairing;

/// <summary>Pictures in forms that are not read, such as HEIC, where those of labels or of other pictures are. They are looked for when the first labels lack theirs.</summary>
/// <param name="root">The folder that stored paths are relative to.</param>
/// <param name="folders">The folders, as stored paths.</param>
internal sealed class UnreadPictures(string root, IEnumerable<string> folders)
{
    // Folders that may not be read are passed over.
    private static readonly EnumerationOptions Here = new();

    private readonly Lazy<Dictionary<string, string>> _byStem = new(() =>
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var folder in folders.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var full = Path.Combine(root, folder);
            IEnumerable<string> files = Directory.Exists(full) ? Directory.EnumerateFiles(full, "*", Here) : [];
            foreach (var name in files.Select(file => Path.GetFileName(file)).Where(PictureFile.IsUnread).Order(StringComparer.Ordinal))
            {
                found.TryAdd(PlainName.Stem(PlainName.Of(name)), StoredFolder.Below(folder, name));
            }
        }

        return found;
    });

    /// <summary>The picture of a name.</summary>
    /// <param name="stem">The name, without folders and extension.</param>
    /// <returns>Its stored path; null where there is none.</returns>
    public string? Find(string stem) => _byStem.Value.GetValueOrDefault(stem);
}
