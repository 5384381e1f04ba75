using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Datumaro;

/// <summary>An entry of <c>items</c>.</summary>
/// <param name="Name">The path of its image, or else its id, which is the name without an extension.</param>
/// <param name="Size">The size of its image in pixels.</param>
/// <param name="Annotations">Its annotations.</param>
/// <param name="Location">The place of the entry.</param>
internal sealed record DatumaroItem(string Name, (int? Width, int? Height) Size, List<DatumaroAnnotation> Annotations, SourceLocation Location)
{
    /// <summary>Its objects: parts of one class and group are one, such as a box and the outline in it.</summary>
    public IEnumerable<DatumaroAnnotation> Objects => Annotations.Index()
        .GroupBy(entry => entry.Item.Group == 0 ? (entry.Item.Label, -1L - entry.Index) : (entry.Item.Label, entry.Item.Group), entry => entry.Item)
        .Select(parts => parts.Aggregate((one, other) => one.With(other)));

    /// <summary>Reads an entry.</summary>
    /// <exception cref="NanoDetException">NDB1001, NDB1005, NDB1006.</exception>
    public static DatumaroItem Read(ref JsonCursor cursor)
    {
        var location = cursor.Location;
        string? id = null;
        string? path = null;
        (int?, int?) size = default;
        var annotations = new List<DatumaroAnnotation>();
        cursor.EnterObject("an item");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("id"u8))
            {
                id = cursor.TextIfAny();
            }
            else if (cursor.NameIs("image"u8) || cursor.NameIs("media"u8))
            {
                ReadImage(ref cursor, ref path, ref size);
            }
            else if (cursor.NameIs("annotations"u8))
            {
                cursor.EnterArray("'annotations'");
                cursor.Elements((ref JsonCursor annotation) => annotations.Add(DatumaroAnnotation.Read(ref annotation)));
            }
            else
            {
                cursor.Skip();
            }
        }

        // Version 1.0 has an empty path where the images were not saved.
        var name = string.IsNullOrEmpty(path) ? id : path;
        return new(name ?? throw new NanoDetException(LabelDiagnostics.IncompleteObject(location, "image")), size, annotations, location);
    }

    private static void ReadImage(ref JsonCursor cursor, ref string? path, ref (int? Width, int? Height) size)
    {
        if (!cursor.TryEnterObject())
        {
            return;
        }

        while (cursor.NextProperty())
        {
            if (cursor.NameIs("path"u8))
            {
                path = cursor.TextIfAny() ?? path;
            }
            else if (cursor.NameIs("size"u8) && cursor.ValueType == JsonTokenType.StartArray)
            {
                size = ReadSize(ref cursor);
            }
            else
            {
                cursor.Skip();
            }
        }
    }

    /// <summary>The height comes first.</summary>
    private static (int? Width, int? Height) ReadSize(ref JsonCursor cursor)
    {
        var numbers = new List<double>();
        cursor.Numbers("size", numbers);
        return numbers is [>= 1 and <= int.MaxValue and var height, >= 1 and <= int.MaxValue and var width] ? ((int)width, (int)height) : default;
    }
}
