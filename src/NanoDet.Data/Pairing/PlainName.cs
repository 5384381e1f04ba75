using System.Text;
using NanoDet.Data.Labels.Letters;

namespace NanoDet.Data.Pairing;

/// <summary>
/// The forms in which names of files are compared. Systems store one name in different forms: macOS may decompose letters
/// (a and a combining accent), Windows ignores case, and some tools write names as in an address (<c>my%20image</c>).
/// </summary>
internal static class PlainName
{
    /// <summary>With forward slashes, composed letters (NFC), and without names that mean the same folder (<c>.</c>).</summary>
    public static string Of(string path)
    {
        var plain = path.Contains('\\', StringComparison.Ordinal) ? path.Replace('\\', '/') : path;
        plain = Ascii.IsValid(plain) ? plain : ComposedLetters.Of(plain);
        while (plain.StartsWith("./", StringComparison.Ordinal))
        {
            plain = plain[2..];
        }

        return plain.Contains("/./", StringComparison.Ordinal) ? plain.Replace("/./", "/", StringComparison.Ordinal) : plain;
    }

    /// <summary>Without case.</summary>
    public static string Folded(string name) => name.ToUpperInvariant();

    /// <summary>Without the escapes of addresses; null where there are none.</summary>
    public static string? Decoded(string path)
        => path.Contains('%', StringComparison.Ordinal) && Uri.UnescapeDataString(path) is var decoded && decoded != path ? Of(decoded) : null;

    /// <summary>Without the eight hexadecimal digits that Label Studio puts before the names of uploaded pictures; null where there are none.</summary>
    public static string? WithoutUploadId(string path)
    {
        const int Digits = 8;
        var start = path.LastIndexOf('/') + 1;
        var name = path.AsSpan(start);
        return name.Length > Digits + 1 && name[Digits] == '-' && name[..Digits].IndexOfAnyExcept(System.Buffers.SearchValues.Create("0123456789abcdef")) < 0
            && !(name[..Digits].IndexOfAnyExceptInRange('0', '9') < 0 && (name.StartsWith("19") || name.StartsWith("20"))) // A date.
            ? string.Concat(path.AsSpan(0, start), name[(Digits + 1)..])
            : null;
    }

    /// <summary>The name of a path's file without its extension.</summary>
    public static string Stem(string path) => StemOf(path).ToString();

    /// <summary>The same, as a part of the path.</summary>
    public static ReadOnlySpan<char> StemOf(ReadOnlySpan<char> path) => Path.GetFileNameWithoutExtension(path[(path.LastIndexOf('/') + 1)..]);

    /// <summary>The path of <paramref name="name"/> from a folder, as far as it can be said without knowing what is above the set.</summary>
    public static string From(string folder, string name)
    {
        while (name.StartsWith("../", StringComparison.Ordinal))
        {
            name = name[3..];
            folder = StoredFolder.Of(folder);
        }

        return StoredFolder.Below(folder, name);
    }

    /// <summary>The path to which <paramref name="name"/> leads from a folder of a set.</summary>
    /// <returns>Null for a full path, and for one that leads above the set.</returns>
    public static string? Within(string folder, string name)
    {
        if (name.StartsWith('/') || name.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        var names = new List<string>(StoredFolder.Names(folder));
        foreach (var part in name.Split('/'))
        {
            if (part == ".." && names.Count == 0)
            {
                return null;
            }

            if (part == "..")
            {
                names.RemoveAt(names.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                names.Add(part);
            }
        }

        return string.Join('/', names);
    }
}
