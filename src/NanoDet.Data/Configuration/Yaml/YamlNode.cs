using System.Text;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Configuration.Yaml;

/// <summary>A node of a yml file with the place where it begins.</summary>
/// <param name="Location">Its place.</param>
internal abstract record YamlNode(SourceLocation Location)
{
    /// <summary>The node in a few words, for messages.</summary>
    public abstract string Describe();
}

/// <summary>A scalar: neither a mapping nor a sequence.</summary>
/// <param name="Location">Its place.</param>
/// <param name="Text">Its text, without quotes.</param>
/// <param name="Quoted">Whether it is in quotes (or a block), and so is neither a number, a Boolean nor null.</param>
internal sealed record YamlScalar(SourceLocation Location, string Text, bool Quoted) : YamlNode(Location)
{
    /// <summary>Whether it is null.</summary>
    public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <inheritdoc />
    public override string Describe() => IsNull ? "empty" : $"'{Short}'";

    /// <summary>The beginning of the text.</summary>
    public string Short => Text.Length > 40 ? Text[..40] + "…" : Text;
}

/// <summary>An ordered list.</summary>
/// <param name="Location">Its place.</param>
/// <param name="Items">Its entries.</param>
internal sealed record YamlSequence(SourceLocation Location, IReadOnlyList<YamlNode> Items) : YamlNode(Location)
{
    /// <inheritdoc />
    public override string Describe()
    {
        const int Longest = 60;
        var text = new StringBuilder();
        Write(this);
        return text.Length > Longest ? $"{text.ToString(0, Longest)}…" : text.ToString();

        // A list may contain itself many times over (aliases), so nothing is written beyond what is shown.
        void Write(YamlNode node)
        {
            if (node is not YamlSequence list)
            {
                text.Append(node is YamlScalar scalar ? scalar.Short : "{…}");
                return;
            }

            text.Append('[');
            foreach (var (i, item) in list.Items.Index().TakeWhile(_ => text.Length <= Longest))
            {
                text.Append(i > 0 ? ", " : "");
                Write(item);
            }

            text.Append(']');
        }
    }
}

/// <summary>Keys and values.</summary>
/// <param name="Location">Its place.</param>
/// <param name="Entries">The entries in the order of the file; keys may repeat.</param>
internal sealed record YamlMapping(SourceLocation Location, IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries) : YamlNode(Location)
{
    /// <inheritdoc />
    public override string Describe() => "a mapping of keys";
}
