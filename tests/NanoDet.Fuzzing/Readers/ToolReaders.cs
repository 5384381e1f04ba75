using NanoDet.Data.Labels.CreateMl;
using NanoDet.Data.Labels.Datumaro;
using NanoDet.Data.Labels.LabelStudio;
using NanoDet.Data.Labels.Via;
using NanoDet.Data.Labels.Vott;
using NanoDet.Testing;

namespace NanoDet.Fuzzing.Readers;

/// <summary>Labels of the tools whose JSON is only read.</summary>
internal static class ToolReaders
{
    private static readonly string[] Tokens =
    [
        "null", "[", "]", "{", "}", ",", ":", "1e308", "-1e308", "\"\\ud800\":1,", "\"image\":", "\"annotations\":", "\"coordinates\":", "\"regions\":{\"0\":", "\"shape_attributes\":", "\"name\":\"polygon\",",
        "\"all_points_x\":[1,2],", "\"region_attributes\":{\"class\":{\"a\":true}},", "\"tags\":[\"a\"],", "\"assets\":", "\"boundingBox\":null,", "\"value\":{", "\"rotation\":45,", "\"points\":[[1,2],[3]],", "\"original_width\":0,",
        "\"was_cancelled\":true,", "\"items\":[", "\"label_id\":9999999999,", "\"bbox\":[1,2,3,4,5],", "\"type\":\"rotated_bbox\",",
    ];

    /// <summary>The readers.</summary>
    public static FuzzedReader[] All { get; } =
    [
        new("createml", Samples("createml", "createml-apple"), content => CreateMlReader.Read(content, "a.json")) { Tokens = Tokens },
        new("via", [.. Samples("via", "via-project"), LabelReaders.Text("""{"a":{"filename":"a.png","regions":{"0":{"shape_attributes":{"name":"ellipse","cx":1,"cy":2,"rx":3,"ry":4,"theta":1},"region_attributes":{"type":"a","x":{"b":true}}}}}}""")],
            content => ViaReader.Read(content, "a.json")) { Tokens = Tokens },
        new("vott", Samples("vott", "vott-asset"), content => VottReader.Read(content, "a.json")) { Tokens = Tokens },
        new("labelstudio", [.. Samples("labelstudio", "labelstudio-min"), LabelReaders.Text("""[{"data":{"image":"https://a/b.png"},"annotations":[{"result":[{"type":"ellipselabels","original_width":9,"original_height":9,"value":{"x":1,"y":1,"radiusX":2,"radiusY":3,"rotation":30,"ellipselabels":["a","b"]}}]}]}]""")],
            content => LabelStudioReader.Read(content, "a.json")) { Tokens = Tokens },
        new("datumaro", [.. Samples("datumaro"), LabelReaders.Text("""{"items":[{"id":"a","annotations":[{"type":"polygon","label_id":0,"points":[1,2,3,4]},{"type":"rotated_bbox","label_id":0,"bbox":[1,2,3,4,5]}],"media":{"path":"a.png"}}],"categories":{"label":{"labels":[{"name":"a"}]}}}""")],
            content => DatumaroReader.Read(content, "a.json")) { Tokens = Tokens },
    ];

    private static byte[][] Samples(params string[] tools) => [.. tools.Select(tool => LabelReaders.Text(ToolLabels.Of(tool, "bolt", ["a.png", "b.png"])!))];
}
