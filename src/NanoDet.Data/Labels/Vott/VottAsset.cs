using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels.Vott;

/// <summary>An image of a VoTT project.</summary>
/// <param name="location">The place of its entry.</param>
internal sealed class VottAsset(SourceLocation location)
{
    /// <summary>The place of its entry.</summary>
    public SourceLocation Location => location;

    /// <summary>Its file's name; null if the entry has none.</summary>
    public string? Name { get; private set; }

    /// <summary>Its size in pixels.</summary>
    public (int? Width, int? Height) Size { get; private set; }

    /// <summary>0 if nobody has looked at it in VoTT, 1 if somebody has, 2 if it has regions; null if the entry does not say it.</summary>
    public double? State { get; private set; }

    /// <summary>Whether it has regions.</summary>
    public bool HasRegions { get; set; }

    /// <summary>Reads the member <c>asset</c>. Its <c>path</c> is one of the machine where the image was labelled, and is not used.</summary>
    /// <exception cref="NanoDetException">NDB1001, NDB1005.</exception>
    public void Read(ref JsonCursor cursor)
    {
        cursor.EnterObject("'asset'");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("name"u8))
            {
                Name = cursor.Text("name");
            }
            else if (cursor.NameIs("state"u8))
            {
                State = cursor.NumberIfAny();
            }
            else if (cursor.NameIs("size"u8) && cursor.ValueType == System.Text.Json.JsonTokenType.StartObject)
            {
                ReadSize(ref cursor);
            }
            else
            {
                cursor.Skip();
            }
        }
    }

    private void ReadSize(ref JsonCursor cursor)
    {
        cursor.EnterObject("'size'");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("width"u8))
            {
                Size = Size with { Width = cursor.Size("width") };
            }
            else if (cursor.NameIs("height"u8))
            {
                Size = Size with { Height = cursor.Size("height") };
            }
            else
            {
                cursor.Skip();
            }
        }
    }
}
