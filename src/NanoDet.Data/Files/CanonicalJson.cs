using System.Text.Encodings.Web;
using System.Text.Json;

namespace NanoDet.Data.Files;

/// <summary>How our JSON files are written: LF on every system, names in every script unescaped.</summary>
public static class CanonicalJson
{
    /// <summary>Everything on one line.</summary>
    public static JsonWriterOptions Line { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Unsafe only inside HTML, where none of these files is used.
    };

    /// <summary>One value per line, indented by two spaces.</summary>
    public static JsonWriterOptions Indented { get; } = Line with { Indented = true, NewLine = "\n" };

    /// <summary>Returns the bytes of an indented document that ends with a line break.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content, Indented))
        {
            write(writer);
        }

        content.WriteByte((byte)'\n');
        return content.ToArray();
    }
}
