using System.Collections.Immutable;

namespace NanoDet.Data.Labels.Via;

/// <summary>
/// What the values of regions' attributes mean where the user chooses among options (radio, dropdown, checkbox): a project has an id and a
/// description of each. Ids that are numbers, which VIA proposes, mean their descriptions; others are names by themselves.
/// </summary>
internal sealed class ViaOptions
{
    private readonly Dictionary<string, Dictionary<string, string>> _named = new(StringComparer.Ordinal);

    /// <summary>Reads the member <c>_via_attributes</c>.</summary>
    /// <exception cref="Core.Diagnostics.NanoDetException">NDB1001.</exception>
    public void Read(ref JsonCursor cursor)
    {
        if (!cursor.TryEnterObject())
        {
            return;
        }

        while (cursor.NextProperty())
        {
            if (cursor.NameIs("region"u8) && cursor.TryEnterObject())
            {
                while (cursor.NextProperty())
                {
                    ReadAttribute(ref cursor, cursor.Name);
                }
            }
            else
            {
                cursor.Skip();
            }
        }
    }

    /// <summary>The classes that the values of an attribute mean.</summary>
    /// <param name="attribute">The attribute; null for none.</param>
    /// <param name="values">Its values.</param>
    public IEnumerable<string> Names(string? attribute, ImmutableArray<string> values)
        => attribute is not null && _named.TryGetValue(attribute, out var names) ? values.Select(value => names.GetValueOrDefault(value, value)) : values;

    private void ReadAttribute(ref JsonCursor cursor, string attribute)
    {
        if (!cursor.TryEnterObject())
        {
            return;
        }

        while (cursor.NextProperty())
        {
            if (!cursor.NameIs("options"u8) || !cursor.TryEnterObject())
            {
                cursor.Skip();
                continue;
            }

            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            while (cursor.NextProperty())
            {
                var id = cursor.Name;
                names[id] = cursor.TextIfAny()?.Trim() ?? "";
            }

            // Two ids of one name, or one without, would lose what the labels tell apart.
            var areNames = names.All(option => IsNumber(option.Key) && option.Value.Length > 0) && names.Values.Distinct(StringComparer.Ordinal).Count() == names.Count;
            if (areNames)
            {
                _named[attribute] = names;
            }
        }
    }

    private static bool IsNumber(string id) => id.Length > 0 && id.All(char.IsAsciiDigit);
}
