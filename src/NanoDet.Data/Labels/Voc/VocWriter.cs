using System.Globalization;
using System.Text;
using System.Xml;
using NanoDet.Data.Files;

namespace NanoDet.Data.Labels.Voc;

/// <summary>
/// Writes Pascal VOC XML that labelImg opens: its indentation and order of elements, LF, UTF-8, no <c>path</c>.
/// Whole coordinates are written without a point, others in full.
/// </summary>
public static class VocWriter
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        Indent = true,
        IndentChars = "\t",
        NewLineChars = "\n",
    };

    /// <summary>Writes a file atomically.</summary>
    public static void Write(string path, LabeledImage image) => AtomicFile.Write(path, stream => Write(stream, image));

    /// <summary>Writes one document.</summary>
    public static void Write(Stream stream, LabeledImage image)
    {
        using var xml = XmlWriter.Create(stream, Settings);
        xml.WriteStartElement("annotation");
        xml.WriteElementString("folder", FolderOf(image.FileName));
        xml.WriteElementString("filename", image.FileName);
        if (image is { Width: { } width, Height: { } height })
        {
            xml.WriteStartElement("size");
            WriteNumber(xml, "width", width);
            WriteNumber(xml, "height", height);
            WriteNumber(xml, "depth", 3);
            xml.WriteEndElement();
        }

        xml.WriteElementString("segmented", "0");
        foreach (var labeled in image.Objects)
        {
            WriteObject(xml, labeled);
        }

        xml.WriteEndElement();
        xml.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void WriteObject(XmlWriter xml, LabeledObject labeled)
    {
        xml.WriteStartElement("object");
        xml.WriteElementString("name", labeled.ClassName);
        xml.WriteElementString("pose", "Unspecified");
        xml.WriteElementString("truncated", labeled.Truncated ? "1" : "0");
        xml.WriteElementString("difficult", labeled.Difficult ? "1" : "0");
        xml.WriteStartElement("bndbox");
        WriteNumber(xml, "xmin", labeled.Box.Left);
        WriteNumber(xml, "ymin", labeled.Box.Top);
        WriteNumber(xml, "xmax", labeled.Box.Right);
        WriteNumber(xml, "ymax", labeled.Box.Bottom);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteNumber(XmlWriter xml, string name, double value)
        => xml.WriteElementString(name, value.ToString("R", CultureInfo.InvariantCulture));

    private static string FolderOf(string fileName) => fileName.LastIndexOf('/') is > 0 and var end ? fileName[..end] : "";
}
