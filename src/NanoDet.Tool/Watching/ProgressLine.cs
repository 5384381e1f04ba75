using System.Globalization;
using System.Text.Json;

namespace NanoDet.Tool.Watching;

/// <summary>A line of a training's <c>progress.jsonl</c>.</summary>
internal abstract record ProgressLine
{
    private const int MostEpochs = 10_000_000;

    /// <summary>Reads a line; null if it is incomplete, of another kind, or not valid.</summary>
    public static ProgressLine? TryParse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return root.GetProperty("kind").GetString() switch
            {
                "step" => StepProgress.Read(root),
                "epoch" => EpochProgress.Read(root),
                "end" => new EndProgress(Word(root.GetProperty("ending").GetString()!)),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A count from 1.</summary>
    /// <exception cref="FormatException">It is not such a number.</exception>
    private protected static int Count(JsonElement line, string name)
        => line.GetProperty(name).GetInt32() is >= 1 and <= MostEpochs and var count ? count : throw new FormatException(name);

    /// <summary>Reads a number, which may also be infinite or NaN, because a training can diverge.</summary>
    private protected static double Number(JsonElement line, string name) => Number(line.GetProperty(name));

    /// <inheritdoc cref="Number(JsonElement, string)" />
    private protected static double Number(JsonElement value)
        => value.ValueKind == JsonValueKind.String ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDouble();

    /// <summary>Reads a name that is safe for a terminal: letters, digits and underscores, as all of our names.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    private protected static string Word(string text)
        => text.Length is > 0 and <= 40 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? text : throw new FormatException(text);
}
