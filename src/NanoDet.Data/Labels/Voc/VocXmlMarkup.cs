using System.Text;
using System.Xml;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels.Voc;

/// <summary>Reads any XML through <see cref="XmlReader"/>, without DTDs, external entities or network access.</summary>
internal sealed class VocXmlMarkup(byte[] content) : IVocMarkup, IDisposable
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly XmlReader _reader = XmlReader.Create(new MemoryStream(content), Settings);
    private readonly StringBuilder _text = new();
    private bool _emptyElement;
    private int _line;
    private int _column;

    /// <inheritdoc />
    public VocElement Element { get; private set; }

    /// <inheritdoc />
    public string ElementName { get; private set; } = "";

    /// <inheritdoc />
    public ReadOnlySpan<byte> Text => Encoding.UTF8.GetBytes(_text.ToString()).AsSpan().Trim(" \t\r\n"u8);

    /// <inheritdoc />
    public SourceLocation Locate(string path) => new(path, _line, _column);

    /// <inheritdoc />
    /// <exception cref="XmlException">The document is not well-formed.</exception>
    public VocToken Next()
    {
        if (_emptyElement)
        {
            _emptyElement = false;
            return VocToken.End;
        }

        while (_reader.Read())
        {
            switch (_reader.NodeType)
            {
                case XmlNodeType.Element:
                    var position = (IXmlLineInfo)_reader;
                    (_line, _column) = (position.LineNumber, position.LinePosition - 1);
                    _text.Clear();
                    _emptyElement = _reader.IsEmptyElement;
                    ElementName = _reader.LocalName;
                    Element = VocElements.Parse(ElementName);
                    return VocToken.Start;
                case XmlNodeType.EndElement:
                    return VocToken.End;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    _text.Append(_reader.Value);
                    break;
            }
        }

        return VocToken.Finished;
    }

    /// <inheritdoc />
    public void Dispose() => _reader.Dispose();
}
