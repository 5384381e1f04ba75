using System.Text;
using System.Xml;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels.Voc;

/// <summary>
/// Reads any XML through <see cref="XmlReader"/>, in any encoding that .NET knows, without network access. A document type is
/// skipped; one that declares entities is refused.
/// </summary>
internal sealed class VocXmlMarkup(byte[] content) : IVocMarkup, IDisposable
{
    // No entity may be expanded; 0 would be no limit.
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Parse,
        XmlResolver = null,
        MaxCharactersFromEntities = 1,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly XmlReader _reader = XmlReader.Create(new MemoryStream(content), Settings);
    private readonly StringBuilder _text = new();
    private bool _emptyElement;
    private int _line;
    private int _column;

    // The legacy code pages, in which label tools of Windows write, are not there by default.
    static VocXmlMarkup() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

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
                case XmlNodeType.DocumentType when _reader.Value.Contains("<!ENTITY", StringComparison.Ordinal):
                    var declaration = (IXmlLineInfo)_reader;
                    throw new XmlException("its document type declares entities, which label files do not need; remove the <!DOCTYPE …>", null, declaration.LineNumber, declaration.LinePosition);
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
