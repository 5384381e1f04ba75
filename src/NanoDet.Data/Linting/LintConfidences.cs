using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoDet.Data.Linting;

/// <summary>From which confidence on findings of a code are told, where somebody has chosen it.</summary>
/// <param name="OfCodes">The confidences, 0 to 1, by code.</param>
[JsonConverter(typeof(Text))]
public sealed record LintConfidences(ImmutableSortedDictionary<string, double> OfCodes)
{
    /// <summary>What a text must look like, in words.</summary>
    public const string Form = "codes of findings with numbers from 0 to 1, such as NDB1602=0.8;NDB1603=0.7";

    /// <summary>Nothing is chosen.</summary>
    public static LintConfidences None { get; } = new(ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal));

    /// <summary>Reads a text such as <c>NDB1602=0.8;NDB1603=0.7</c>; null if it has another form, or a code twice.</summary>
    /// <param name="text">The text; empty for nothing.</param>
    public static LintConfidences? TryParse(string text)
    {
        var confidences = None.OfCodes.ToBuilder();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.ToUpperInvariant().Split('=', StringSplitOptions.TrimEntries) is not [var code, var number]
                || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var confidence) || confidence is not (>= 0 and <= 1)
                || !Array.Exists(Enum.GetValues<LabelFindingKind>(), kind => kind.Code() == code) || !confidences.TryAdd(code, confidence))
            {
                return null;
            }
        }

        return new(confidences.ToImmutable());
    }

    /// <summary>The thresholds with what is chosen.</summary>
    /// <param name="usual">Those of the others.</param>
    public LintOptions In(LintOptions usual) => usual with
    {
        OtherClass = Of(LabelFindingKind.OtherClass, usual),
        NoLabel = Of(LabelFindingKind.NoLabel, usual),
        Box = Of(LabelFindingKind.Box, usual),
        NoObject = Of(LabelFindingKind.NoObject, usual),
        Twice = Of(LabelFindingKind.Twice, usual),
    };

    /// <summary>The text, the same for the same confidences.</summary>
    public override string ToString() => string.Join(';', OfCodes.Select(entry => FormattableString.Invariant($"{entry.Key}={entry.Value}")));

    private double Of(LabelFindingKind kind, LintOptions usual) => OfCodes.TryGetValue(kind.Code(), out var chosen) ? chosen : usual.Of(kind);

    internal sealed class Text : JsonConverter<LintConfidences>
    {
        public override LintConfidences Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!) is { } read ? read : throw new JsonException($"it must be {Form}");

        public override void Write(Utf8JsonWriter writer, LintConfidences value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
