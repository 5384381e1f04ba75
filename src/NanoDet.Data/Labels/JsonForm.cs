using System.Text.Json;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>Tells by the names of its members what a JSON file is: by those that its ends show, or by those at its top.</summary>
internal static class JsonForm
{
    // Two of these: many files have images.
    private static readonly string[] Coco = ["images", "annotations", "categories", "file_name", "bbox"];
    private static readonly string[] OtherForms = ["asset", "regions", "dm_format_version", "image"];
    private static readonly string[] OfCocoAlone = ["images", "annotations", "categories"];

    /// <summary>What a file is, as far as its ends show it.</summary>
    /// <param name="first">Its first bytes.</param>
    /// <param name="last">Its last bytes.</param>
    public static JsonKind OfEnds(byte[] first, byte[] last)
    {
        var (head, tail) = (EncodedText.Guess(first), EncodedText.Guess(last));
        bool Has(string name) => HasMember(head, name) || HasMember(tail, name);
        var isList = head.AsSpan().TrimStart() is ['[', ..];
        var kind = Of(isList, Has);
        if (kind == JsonKind.Coco)
        {
            return Has("segments_info") || (Has("caption") && !Has("bbox")) ? JsonKind.OtherCoco : JsonKind.Coco;
        }

        // Charts have data and annotations too.
        if (kind == JsonKind.LabelStudio && !isList && !Has("result"))
        {
            kind = JsonKind.Nothing;
        }

        // Label Studio leaves the classes of its YOLO export in notes.json.
        return kind != JsonKind.Nothing ? kind
            : ForeignForm.KindOf(isList, Has) is not JsonKind.Nothing and var foreign ? foreign
            : Has("categories") && (head.Contains("Label Studio", StringComparison.Ordinal) || tail.Contains("Label Studio", StringComparison.Ordinal)) ? JsonKind.Classes
            : OtherForms.Any(Has) && (Has("annotations") || Has("regions") || Has("items")) ? JsonKind.OtherLabels
            : JsonKind.Nothing;
    }

    /// <summary>What a file is by the members at its top: of the document, or of the first entry of a list or map.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <exception cref="NanoDetException">NDB1001: it is no JSON, as far as it had to be read.</exception>
    public static JsonKind OfMembers(ReadOnlySpan<byte> content, string path) => JsonCursor.Read<JsonKind>(content, path, OfMembers);

    /// <summary>The form of labels that a kind of file has; null where it has none, or one that is not read.</summary>
    public static LabelFormat? FormatOf(JsonKind kind) => kind switch
    {
        JsonKind.LabelMe => LabelFormat.LabelMe,
        JsonKind.Coco => LabelFormat.Coco,
        JsonKind.CreateMl => LabelFormat.CreateMl,
        JsonKind.Via => LabelFormat.Via,
        JsonKind.Vott => LabelFormat.Vott,
        JsonKind.LabelStudio => LabelFormat.LabelStudio,
        JsonKind.Datumaro => LabelFormat.Datumaro,
        _ => null,
    };

    /// <summary>The forms by the names of their members. The ends of a file show names of every depth.</summary>
    private static JsonKind Of(bool isList, Func<string, bool> has)
    {
        if (isList)
        {
            return (has("data") && (has("annotations") || has("completions") || has("predictions"))) || has("was_cancelled") || has("annotation_id") || (has("from_name") && has("to_name"))
                ? JsonKind.LabelStudio
                : (has("image") || has("imagefilename")) && (has("annotations") || has("annotation")) ? JsonKind.CreateMl
                : JsonKind.Nothing;
        }

        // Its entries may have members of any name.
        var isCoco = Array.TrueForAll(OfCocoAlone, name => has(name)) || (has("image_id") && has("category_id") && !has("_via_img_metadata"));
        return isCoco ? JsonKind.Coco
            : has("shapes") || has("imagePath") ? JsonKind.LabelMe
            : has("_via_img_metadata") || (has("filename") && has("regions")) || has("shape_attributes") ? JsonKind.Via
            : (has("assets") && has("tags")) || (has("asset") && has("regions")) || (has("boundingBox") && has("regions")) ? JsonKind.Vott
            : (has("categories") && (has("items") || has("label_groups") || has("label_id"))) || (has("dm_format_version") && has("items")) ? JsonKind.Datumaro
            : Coco.Count(has) >= 2 ? JsonKind.Coco
            : IsTask(has) ? JsonKind.LabelStudio
            : JsonKind.Nothing;
    }

    /// <summary>Whether members are those of one task of Label Studio, or of what somebody drew with its task, as its storage has them.</summary>
    private static bool IsTask(Func<string, bool> has) => (has("data") && (has("annotations") || has("completions"))) || (has("was_cancelled") && has("result"));

    private static JsonKind OfMembers(ref JsonCursor cursor)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var isList = cursor.ValueType == JsonTokenType.StartArray;
        if (isList)
        {
            cursor.EnterArray("the document");
            return cursor.NextElement() && cursor.TryEnterObject() ? Entered(ref cursor, names, isList) : JsonKind.Nothing;
        }

        return cursor.TryEnterObject() ? Entered(ref cursor, names, isList) : JsonKind.Nothing;
    }

    /// <summary>Goes through an object until its members show what the file is.</summary>
    private static JsonKind Entered(ref JsonCursor cursor, HashSet<string> names, bool isList)
    {
        var isFirst = !isList;
        while (cursor.NextProperty())
        {
            names.Add(cursor.Name);
            if (isFirst && cursor.ValueType == JsonTokenType.StartObject && cursor.TryEnterObject())
            {
                // VIA's map has the names of files at its top, and what they are about below.
                while (cursor.NextProperty())
                {
                    names.Add(cursor.Name);
                    cursor.Skip();
                }
            }
            else
            {
                cursor.Skip();
            }

            isFirst = false;
            if (Of(isList, names.Contains) is not JsonKind.Nothing and var kind)
            {
                return kind;
            }
        }

        return ForeignForm.KindOf(isList, names.Contains);
    }

    /// <summary>Whether a name stands before a colon; as a value it means nothing.</summary>
    internal static bool HasMember(string text, string name)
    {
        var quoted = $"\"{name}\"";
        for (var start = text.IndexOf(quoted, StringComparison.Ordinal); start >= 0; start = text.IndexOf(quoted, start + quoted.Length, StringComparison.Ordinal))
        {
            if (text.AsSpan(start + quoted.Length).TrimStart() is [':', ..])
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What a JSON file is, as far as it was looked at.</summary>
internal enum JsonKind
{
    /// <summary>No labels.</summary>
    Nothing,

    /// <summary>labelme's, or a form that it grew into.</summary>
    LabelMe,

    /// <summary>COCO's, with boxes.</summary>
    Coco,

    /// <summary>COCO's, without boxes: captions or panoptic.</summary>
    OtherCoco,

    /// <summary>CreateML's.</summary>
    CreateMl,

    /// <summary>That of the VGG Image Annotator.</summary>
    Via,

    /// <summary>VoTT's.</summary>
    Vott,

    /// <summary>Label Studio's.</summary>
    LabelStudio,

    /// <summary>Datumaro's.</summary>
    Datumaro,

    /// <summary>Labels of some other form; the reader says whether it knows it.</summary>
    OtherLabels,

    /// <summary>A project of VIA 3, which is another form than VIA's before.</summary>
    Via3,

    /// <summary>Supervisely's.</summary>
    Supervisely,

    /// <summary>Darwin's, of V7.</summary>
    Darwin,

    /// <summary>That of BDD100K and Scalabel.</summary>
    Scalabel,

    /// <summary>Cityscapes'.</summary>
    Cityscapes,

    /// <summary>FiftyOne's.</summary>
    FiftyOne,

    /// <summary>Labelbox's.</summary>
    Labelbox,

    /// <summary>A list of images with boxes as lists of numbers.</summary>
    Boxes,

    /// <summary>A list of classes.</summary>
    Classes,
}
