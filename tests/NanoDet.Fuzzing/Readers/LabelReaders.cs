using System.Text;
using NanoDet.Data.Discovery;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Labels.LabelMe;
using NanoDet.Data.Labels.Voc;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Data.Splitting;

namespace NanoDet.Fuzzing.Readers;

/// <summary>Labels of all forms, lists of classes and of parts.</summary>
internal static class LabelReaders
{
    private static readonly LabeledImage Sample = new("folder/猫.jpg", [new("cat", new(1, 2, 3.5, 4)) { Difficult = true }, new("traffic light", new(5, 6, 7, 8)) { Truncated = true, Area = 3.5 }]) { Width = 9, Height = 10 };
    private static readonly ClassList Classes = ClassList.FromNames(["cat", "traffic light"]);
    private static readonly string[] JsonTokens = ["\"images\"", "\"annotations\"", "\"categories\"", "\"shapes\"", "\"bbox\"", "\"points\"", "\"id\"", "\"\\ud800\":1,", "{\"a\":", "[", "]", "{", "}", ",", ":", "\"shape_type\":\"circle\"", "\"flags\":{\"difficult\":1}"];
    private static readonly string[] XmlTokens = ["<object>", "</object>", "<name>", "<bndbox>", "<xmin>", "</xmin>", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "<![CDATA[", "]]>", "<!--", "-->", "<?x?>", "<a/>", "&amp;", "encoding=\"utf-16\"", "&#10;", "&#x202E;"];

    /// <summary>The readers.</summary>
    public static FuzzedReader[] All { get; } =
    [
        new("voc", [Written(stream => VocWriter.Write(stream, Sample)), Text("<?xml version=\"1.0\" encoding=\"utf-8\"?><annotation><object><name><![CDATA[a]]></name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object></annotation>")],
            content => VocReader.Read(content, "a.xml")) { Tokens = XmlTokens },
        new("coco", [CocoWriter.ToUtf8(CocoConversion.FromLabels([Sample, Sample with { FileName = "b.png" }])).ToArray()],
            content => CocoConversion.ToLabels(CocoReader.Read(content, "a.json"))) { Tokens = JsonTokens },
        new("labelme", [Written(stream => LabelMeWriter.Write(stream, Sample))], content => LabelMeReader.Read(content, "a.json")) { Tokens = JsonTokens },
        .. ToolReaders.All,
        new("results", [Text("""[{"image_id": 1, "category_id": 2, "bbox": [1, 2, 3.5, 4], "score": 0.9}, {"image_id": 2, "category_id": 1, "bbox": [0, 0, 1e2, 4], "score": 1}]""")],
            content => CocoResultReader.Read(content, "a.json")) { Tokens = JsonTokens },
        new("yolo", [Text(YoloWriter.ToText(Sample, Classes)), Text("1 0.1 0.1 0.2 0.2 0.3 0.1\n")], content => YoloReader.Read(content, "a.txt", Classes, 640, 480)),
        new("form-json", [Text("{\"shapes\": []}"), Text("{\"annotations\": []}")], InputFile.Of("a.json", path => LabelFormatDetector.DetectFile(path))) { Tokens = JsonTokens },
        new("form-text", [Text("1 0.1 0.1 0.2 0.2\n"), Text("cat\n")], InputFile.Of("a.txt", path => LabelFormatDetector.DetectFile(path))),
        new("classes", [Text("cat\ntraffic light\n狗\n\n")], InputFile.Of("classes.txt", path => ClassList.FromFile(path))),
        new("classes-yaml", [Text("names: [cat, dog]\n"), Text("names:\n  0: cat\n  1: dog\n")], InputFile.Of("data.yaml", path => ClassSource.Read(path))),
        new("classes-json", [Text("{\"categories\": [{\"id\": 0, \"name\": \"cat\"}]}")], InputFile.Of("notes.json", path => ClassSource.Read(path))) { Tokens = JsonTokens },
        new("classes-data", [Text("classes = 2\nnames = data/obj.names\n")], InputFile.Of("obj.data", path =>
        {
            File.WriteAllText(Path.ChangeExtension(path, ".names"), "cat\ntraffic light\n");
            ClassSource.Read(path);
        }))
        {
            // Itself, and a folder, by names that are there.
            Tokens = ["obj.data", "names = ", "classes = ", "..", "/"],
        },
        new("lists", [Text("img1\nimg2 \n\nfolder/img3\n")], InputFile.Of("train.txt", path => new ImageSets(["img1.jpg", "folder/img3.jpg"], [new ImageList(path, "train.txt")], []).Find(0))),
    ];

    /// <summary>A text's bytes.</summary>
    internal static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
