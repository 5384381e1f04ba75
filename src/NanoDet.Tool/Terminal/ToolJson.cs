using System.Text.Encodings.Web;
using System.Text.Json;

namespace NanoDet.Tool.Terminal;

/// <summary>The JSON options of the tool: names in camel case, class names and paths unchanged.</summary>
internal static class ToolJson
{
    /// <summary>Indented, for a document.</summary>
    public static JsonSerializerOptions Document { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>On one line, for a stream of lines.</summary>
    public static JsonSerializerOptions Line { get; } = new(Document) { WriteIndented = false };

    /// <summary>On one line, with the names that COCO uses.</summary>
    public static JsonSerializerOptions SnakeLine { get; } = new(Line) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Prints a document on standard output.</summary>
    public static void Print<T>(T value) => ToolConsole.Print(JsonSerializer.Serialize(value, Document) + "\n");
}
