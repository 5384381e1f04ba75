using System.Globalization;

namespace NanoDet.Testing;

/// <summary>
/// Labels in the JSON of tools, with the members and in the order that they write. Each image is 64 pixels wide and 48 high, and has
/// one object, whose corners are (16, 12) and (48, 36).
/// </summary>
public static class ToolLabels
{
    /// <summary>The file of a tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="label">The class of the objects.</param>
    /// <param name="names">The names of the images, as the tool writes them.</param>
    /// <returns>Null for a tool that is not known.</returns>
    public static string? Of(string tool, string label, IReadOnlyList<string> names) => tool switch
    {
        "coco" => Coco(label, names),
        "createml" => $"[{Each(names, (name, _) => $$$"""{"image":"{{{name}}}","annotations":[{"label":"{{{label}}}","coordinates":{"x":32,"y":24,"width":32,"height":24}}]}""")}]",
        "createml-apple" => $"[{Each(names, (name, _) => $$$"""{"imagefilename":"{{{name}}}","annotation":[{"label":"{{{label}}}","coordinates":{"y":24.0,"x":32.0,"height":24.0,"width":32.0}}]}""")}]",
        "via" => Via(label, names),
        "via-project" => $$$"""
            {"_via_settings":{"ui":{"image":{"region_label":"class"}},"core":{"default_filepath":""},"project":{"name":"p"}},
            "_via_img_metadata":{{{Via(label, names)}}},"_via_attributes":{"region":{"class":{"type":"text","description":"","default_value":""}},"file":{} } }
            """,
        "vott" => $$$"""{"name":"p","securityToken":"p Token","videoSettings":{"frameExtractionRate":15},"tags":[{"name":"{{{label}}}","color":"#5db300"}],"version":"2.2.0","lastVisitedAssetId":"a0","assets":{{{{Each(names, (name, i) => $"\"a{i}\":{Asset(label, name)}")}}}} }""",
        "vott-asset" => Asset(label, names[0]),
        "labelstudio" => $"[{Each(names, (name, i) => Task(i, label, name))}]",
        "labelstudio-task" => Task(1, label, names[0]),
        "labelstudio-storage" => $$$"""{{{Drawn(1, label)[..^"\"task\":1}".Length]}}}"task":{"id":1,"data":{"image":"{{{names[0]}}}"},"meta":{},"project":1}}""",
        "labelstudio-min" => $"[{Each(names, (name, i) => $$$"""{"image":"{{{name}}}","id":{{{i}}},"label":[{"x":25,"y":25,"width":50,"height":50,"rotation":0,"rectanglelabels":["{{{label}}}"],"original_width":64,"original_height":48}],"annotator":1,"annotation_id":{{{i}}},"created_at":"2024-05-01T10:00:00.1Z","updated_at":"2024-05-01T10:00:00.1Z","lead_time":3.1}""")}]",
        "datumaro" => $$$"""{"dm_format_version":"1.0","media_type":2,"infos":{},"categories":{"label":{"labels":[{"name":"{{{label}}}","parent":"","attributes":[]}],"label_groups":[],"attributes":["occluded"]},"points":{"items":[]}},"items":[{{{Each(names, (name, _) => Item(name))}}}]}""",
        _ => null,
    };

    private static string Coco(string label, IReadOnlyList<string> names)
    {
        var images = Each(names, (name, i) => $$$"""{"id":{{{i}}},"file_name":"{{{name}}}","width":64,"height":48}""");
        var objects = Each(names, (_, i) => $$$"""{"id":{{{i}}},"image_id":{{{i}}},"category_id":3,"bbox":[16,12,32,24]}""");
        return $$$"""{"images":[{{{images}}}],"categories":[{"id":3,"name":"{{{label}}}"}],"annotations":[{{{objects}}}]}""";
    }

    private static string Via(string label, IReadOnlyList<string> names)
        => $$$"""{{{{Each(names, (name, i) => $$$"""
            "{{{name}}}10{{{i}}}":{"filename":"{{{name}}}","size":10{{{i}}},"regions":[{"shape_attributes":{"name":"rect","x":16,"y":12,"width":32,"height":24},"region_attributes":{"class":"{{{label}}}"}}],"file_attributes":{}}
            """)}}}}""";

    private static string Asset(string label, string name) => $$$"""
        {"asset":{"format":"png","id":"a0","name":"{{{name}}}","path":"file:/Users/me/source/{{{name}}}","size":{"width":64,"height":48},"state":2,"type":1},
        "regions":[{"id":"r1","type":"RECTANGLE","tags":["{{{label}}}"],"boundingBox":{"height":24,"width":32,"left":16,"top":12},"points":[{"x":16,"y":12},{"x":48,"y":12},{"x":48,"y":36},{"x":16,"y":36}]}],"version":"2.2.0"}
        """;

    private static string Task(int number, string label, string name) => $$$"""
        {"id":{{{number}}},"annotations":[{{{Drawn(number, label)}}}],
        "file_upload":"x","drafts":[],"predictions":[],"data":{"image":"{{{name}}}"},"meta":{},"created_at":"2024-05-01T10:00:00.1Z","inner_id":1,"total_annotations":1,"project":1}
        """;

    private static string Drawn(int number, string label) => $$$"""
        {"id":{{{number}}},"completed_by":1,"result":[{"original_width":64,"original_height":48,"image_rotation":0,"value":{"x":25,"y":25,"width":50,"height":50,"rotation":0,"rectanglelabels":["{{{label}}}"]},"id":"r{{{number}}}","from_name":"label","to_name":"image","type":"rectanglelabels","origin":"manual"}],
        "was_cancelled":false,"ground_truth":false,"created_at":"2024-05-01T10:00:00.1Z","updated_at":"2024-05-01T10:00:00.1Z","draft_created_at":null,"lead_time":3.1,"prediction":{},"result_count":1,"parent_prediction":null,"task":{{{number}}}}
        """;

    private static string Item(string name) => $$$"""
        {"id":"{{{Path.GetFileNameWithoutExtension(name)}}}","annotations":[{"id":0,"type":"bbox","attributes":{"occluded":false},"group":0,"label_id":0,"z_order":0,"bbox":[16.0,12.0,32.0,24.0]}],"image":{"path":"{{{name}}}","size":[48,64]}}
        """;

    private static string Each(IReadOnlyList<string> names, Func<string, int, string> entry)
        => string.Join(",", names.Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"{entry(name, i).Trim()}")));
}
