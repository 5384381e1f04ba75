using System.Text;
using Xunit;

namespace NanoDet.Testing;

/// <summary>
/// Label files of one picture of 64x48 pixels, <c>img0.png</c>, as people's tools write them that do not keep to the form; and what has to be read
/// from each, by whoever reads it.
/// </summary>
public static class OddLabels
{
    /// <summary>The classes of the numbers in YOLO text.</summary>
    public const string Classes = "bolt\nnut\n";

    private static readonly Dictionary<string, (string File, byte[] Content, string Objects)> Files = new()
    {
        ["COCO with annotations that have no box"] = Coco("""{"id":1,"image_id":1,"category_id":1},{"id":2,"image_id":1,"category_id":1,"bbox":[]},{"id":3,"image_id":1,"category_id":1,"bbox":[10,12,20,24]}"""),
        ["COCO with an annotation of an image that is not listed"] = Coco("""{"id":1,"image_id":9,"category_id":1,"bbox":[1,2,3,4]},{"id":2,"image_id":1,"category_id":1,"bbox":[10,12,20,24]}"""),
        ["COCO with ids of twenty digits"] = Text("all.json", """{"images":[{"id":12345678901234567891,"file_name":"img0.png"}],"categories":[{"id":"a1","name":"bolt"}],"annotations":[{"image_id":12345678901234567891,"category_id":"a1","bbox":[10,12,20,24]}]}"""),
        ["COCO with a category that groups others"] = Text("all.json", """{"images":[{"id":0,"file_name":"img0.png"}],"categories":[{"id":0,"name":"bolt","supercategory":"none"},{"id":1,"name":"bolt","supercategory":"bolt"}],"annotations":[{"image_id":0,"category_id":1,"bbox":[10,12,20,24]}]}"""),
        ["COCO with a size as texts"] = Text("all.json", """{"images":[{"id":1,"file_name":"img0.png","width":"128","height":"96.0"}],"categories":[{"id":1,"name":"bolt"}],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[20,24,40,48]}]}"""),
        ["COCO with a rotated box"] = Coco("""{"id":1,"image_id":1,"category_id":1,"bbox":[8,14,24,20],"attributes":{"rotation":90.0}}"""),
        ["COCO with the same box twice"] = Coco("""{"id":1,"image_id":1,"category_id":1,"bbox":[10,12,20,24]},{"id":2,"image_id":1,"category_id":1,"bbox":[10,12,20,24]}"""),
        ["YOLO with a confidence"] = Text("img0.txt", "0 0.3125 0.5 0.3125 0.5 0.93\n"),
        ["YOLO with a confidence and a track"] = Text("img0.txt", "0 0.3125 0.5 0.3125 0.5 0.93 7\n"),
        ["YOLO with a confidence and the first track"] = Text("img0.txt", "0 0.3125 0.5 0.3125 0.5 0.93 1\n"),
        ["YOLO with a decimal class"] = Text("img0.txt", "0.0 0.3125 0.5 0.3125 0.5\n"),
        ["YOLO with keypoints"] = Text("img0.txt", "0 0.3125 0.5 0.3125 0.5 0.2 0.3 2 0.4 0.35 1\n"),
        ["YOLO with the same box twice"] = Text("img0.txt", "0 0.3125 0.5 0.3125 0.5\n0 0.3125 0.5 0.3125 0.5\n"),
        ["YOLO with lines that end with CR"] = Text("img0.txt", "0 0.3125 0.5 0.3125 0.5\r0 0.3125 0.5 0.3125 0.5\r"),
        ["YOLO with a track and no confidence"] = Text("img0.txt", "0 0.3125 0.5 0.3125 0.5 7\n"),
        ["VOC in UTF-16"] = ("img0.xml", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Voc("utf-16", "", Box))], "bolt 10 12 30 36"),
        ["VOC in GB2312"] = ("img0.xml", CodePagesEncodingProvider.Instance.GetEncoding("gb2312")!.GetBytes(Voc("gb2312", "", Box).Replace("bolt", "螺栓", StringComparison.Ordinal)), "螺栓 10 12 30 36"),
        ["VOC in Windows-1251"] = ("img0.xml", CodePagesEncodingProvider.Instance.GetEncoding("windows-1251")!.GetBytes(Voc("windows-1251", "", Box).Replace("bolt", "болт", StringComparison.Ordinal)), "болт 10 12 30 36"),
        ["VOC with a document type"] = Text("img0.xml", Voc("utf-8", "<!DOCTYPE annotation>", Box)),
        ["VOC with a rotated box"] = Text("img0.xml", Voc("utf-8", "", "<robndbox><cx>20</cx><cy>24</cy><w>24</w><h>20</h><angle>1.5707963267948966</angle></robndbox>")),
        ["VIA with an attribute that is called otherwise"] = Text("via.json", """{"img0.png1":{"filename":"img0.png","size":1,"regions":[{"shape_attributes":{"name":"rect","x":10,"y":12,"width":20,"height":24},"region_attributes":{"colour":"red","type":"bolt"}}]}}"""),
        ["VIA with options that have numbers as ids"] = Text("via.json", """{"_via_settings":{},"_via_img_metadata":{"img0.png1":{"filename":"img0.png","size":1,"regions":[{"shape_attributes":{"name":"rect","x":10,"y":12,"width":20,"height":24},"region_attributes":{"class":"2"}}]}},"_via_attributes":{"region":{"class":{"type":"dropdown","description":"","options":{"1":"nut","2":"bolt"},"default_options":{}}},"file":{}}}"""),
        ["VIA with options that have names as ids"] = Text("via.json", """{"_via_img_metadata":{"img0.png1":{"filename":"img0.png","size":1,"regions":[{"shape_attributes":{"name":"rect","x":10,"y":12,"width":20,"height":24},"region_attributes":{"class":"bolt"}}]}},"_via_attributes":{"region":{"class":{"type":"radio","options":{"nut":"a nut","bolt":"a bolt, M8"}}}}}"""),
        ["Label Studio with one task"] = Text("tasks.json", $"{{\"id\":1,\"data\":{{\"image\":\"img0.png\"}},\"annotations\":[{Annotation("bolt", "2024-05-01T10:00:00Z")}]}}"),
        ["Label Studio with times of several zones"] = Text("tasks.json", $"[{{\"id\":1,\"data\":{{\"image\":\"img0.png\"}},\"annotations\":[{Annotation("nut", "2024-05-01T10:00:00Z")},{Annotation("bolt", "2024-05-01T10:00:00.25Z")},{Annotation("nut", "2024-05-01T11:30:00+02:00")}]}}]"),
        ["Label Studio with a relation"] = Text("tasks.json", $"[{{\"id\":1,\"data\":{{\"image\":\"img0.png\"}},\"annotations\":[{Annotation("bolt", "2024-05-01T10:00:00Z").Replace("\"result\":[", "\"result\":[{\"type\":\"relation\",\"from_id\":\"a\",\"to_id\":\"b\",\"direction\":\"right\",\"labels\":[\"holds\"]},", StringComparison.Ordinal)}]}}]"),
        ["COCO in UTF-16"] = ("all.json", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("""{"images":[{"id":1,"file_name":"img0.png"}],"categories":[{"id":1,"name":"bölt"}],"annotations":[{"image_id":1,"category_id":1,"bbox":[10,12,20,24]}]}""")], "bölt 10 12 30 36"),
        ["YOLO in UTF-16"] = ("img0.txt", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes("0 0.3125 0.5 0.3125 0.5\r\n")], "bolt 10 12 30 36"),
        ["labelme with a group"] = Text("img0.json", """{"imagePath":"img0.png","shapes":[{"label":"bolt","group_id":3,"points":[[10,12],[15,20]]},{"label":"bolt","group_id":3,"points":[[20,20],[30,36]]}]}"""),
        ["labelme with corners in any order"] = Text("img0.json", """{"imagePath":"img0.png","shapes":[{"label":"bolt","shape_type":"rectangle","points":[[30,12],[10,36]]}]}"""),
        ["labels for a picture of twice the size"] = Text("img0.xml", Voc("utf-8", "<size><width>128</width><height>96</height></size>", Box.Replace("10<", "20<", StringComparison.Ordinal).Replace("12<", "24<", StringComparison.Ordinal).Replace("30<", "60<", StringComparison.Ordinal).Replace("36<", "72<", StringComparison.Ordinal))),
    };

    /// <summary>
    /// Six numbers of which the last is 1, as box, confidence and track or as a triangle; what another file of the set has, the objects that
    /// are meant, and whether it stays a guess.
    /// </summary>
    public static TheoryData<string, string, bool> TracksOrTriangles => new()
    {
        { "0 0.2 0.2 0.4 0.2 0.4 0.4 0.2 0.4\n", "bolt 19 14 38 48", false },
        { "0 0.5 0.5 0.25 0.25 0.9 3\n", "bolt 13 5 51 24", false },
        { "0 0.5 0.5 0.25 0.25 0.9\n0 0.5 0.5 0.25 0.25 0.9 1\n", "bolt 13 5 51 24", false },
        { "0 0.5 0.5 0.25 0.25\n", "bolt 13 5 51 24", true },
    };

    /// <summary>The line that can mean both.</summary>
    public const string TrackOrTriangle = "0 0.5 0.3 0.6 0.4 0.3 1\n";

    private const string Box = "<bndbox><xmin>10</xmin><ymin>12</ymin><xmax>30</xmax><ymax>36</ymax></bndbox>";

    /// <summary>The names of the files.</summary>
    public static TheoryData<string> Names => [.. Files.Keys];

    /// <summary>Writes a file into a folder, with <c>classes.txt</c> beside it.</summary>
    /// <returns>The name of the file, and its objects as <c>class left top right bottom</c> in whole pixels.</returns>
    public static (string File, string Objects) Write(TestFolder folder, string name, string place)
    {
        var (file, content, objects) = Files[name];
        folder.Write($"{place}/classes.txt", Classes);
        File.WriteAllBytes(folder[$"{place}/{file}"], content);
        return (file, objects);
    }

    private static (string File, byte[] Content, string Objects) Coco(string annotations)
        => Text("all.json", $$"""{"images":[{"id":1,"file_name":"img0.png","width":64,"height":48}],"categories":[{"id":1,"name":"bolt"}],"annotations":[{{annotations}}]}""");

    private static string Annotation(string label, string changed) => $$$"""
        {"updated_at":"{{{changed}}}","result":[{"id":"a","type":"rectanglelabels","original_width":64,"original_height":48,"value":{"x":15.625,"y":25,"width":31.25,"height":50,"rotation":0,"rectanglelabels":["{{{label}}}"]}}]}
        """;

    private static (string File, byte[] Content, string Objects) Text(string file, string content) => (file, Encoding.UTF8.GetBytes(content), "bolt 10 12 30 36");

    private static string Voc(string encoding, string start, string box) => start.StartsWith("<!", StringComparison.Ordinal)
        ? $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>{start}<annotation><object><name>bolt</name>{box}</object></annotation>"
        : $"<?xml version=\"1.0\" encoding=\"{encoding}\"?><annotation>{start}<object><name>bolt</name>{box}</object></annotation>";
}
