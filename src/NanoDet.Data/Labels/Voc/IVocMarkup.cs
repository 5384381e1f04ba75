using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels.Voc;

/// <summary>What comes next in the markup.</summary>
internal enum VocToken
{
    /// <summary>A start tag.</summary>
    Start,

    /// <summary>An end tag, also that of an empty element.</summary>
    End,

    /// <summary>The end of a well-formed document.</summary>
    Finished,

    /// <summary>Something that this reader leaves to the general one.</summary>
    Unusual,
}

/// <summary>XML as <see cref="VocParser"/> sees it: tags, and the text of elements that hold nothing else.</summary>
internal interface IVocMarkup
{
    /// <summary>The element of the start tag that was read last.</summary>
    VocElement Element { get; }

    /// <summary>The name in the start tag that was read last, for messages.</summary>
    string ElementName { get; }

    /// <summary>After an end tag that follows its start tag: the text between, in UTF-8, without white space around it.</summary>
    ReadOnlySpan<byte> Text { get; }

    /// <summary>Goes to the next tag.</summary>
    VocToken Next();

    /// <summary>Where the start tag that was read last begins.</summary>
    SourceLocation Locate(string path);
}
