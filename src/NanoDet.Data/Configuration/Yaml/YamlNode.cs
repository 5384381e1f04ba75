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
    public override string Describe() => IsNull ? "empty" : $"'{(Text.Length > 40 ? Text[..40] + "…" : Text)}'";
}

/// <summary>An ordered list.</summary>
/// <param name="Location">Its place.</param>
/// <param name="Items">Its entries.</param>
internal sealed record YamlSequence(SourceLocation Location, IReadOnlyList<YamlNode> Items) : YamlNode(Location)
{
    /// <inheritdoc />
    public override string Describe() => $"a list of {Items.Count} {(Items.Count == 1 ? "entry" : "entries")}";
}

/// <summary>Keys and values.</summary>
/// <param name="Location">Its place.</param>
/// <param name="Entries">The entries in the order of the file; keys may repeat.</param>
internal sealed record YamlMapping(SourceLocation Location, IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries) : YamlNode(Location)
{
    /// <inheritdoc />
    public override string Describe() => "a mapping of keys";
}
