using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels.Voc;

/// <summary>The next token of the markup.</summary>
internal enum VocToken
{
    /// <summary>A start tag.</summary>
    Start,

    /// <summary>An end tag, also that of an empty element.</summary>
    End,

    /// <summary>The end of a well-formed document.</summary>
    Finished,

    /// <summary>Something that only the general reader supports.</summary>
    Unusual,
}

/// <summary>XML for <see cref="VocParser"/>: tags, and the text of elements that contain only text.</summary>
internal interface IVocMarkup
{
    /// <summary>The element of the start tag that was read last.</summary>
    VocElement Element { get; }

    /// <summary>The name in the start tag that was read last, for messages.</summary>
    string ElementName { get; }

    /// <summary>After an end tag that follows its start tag: the text between, in UTF-8, without white space around it.</summary>
    ReadOnlySpan<byte> Text { get; }

    /// <summary>Moves to the next tag.</summary>
    VocToken Next();

    /// <summary>Returns the place of the start tag that was read last.</summary>
    SourceLocation Locate(string path);
}
