using System.Collections.Immutable;

namespace NanoDet.Data.Labels;

/// <summary>What the label formats have in common.</summary>
public static class LabelFormats
{
    /// <summary>The formats that can be written; the others can only be read.</summary>
    public static ImmutableArray<LabelFormat> Written { get; } = [LabelFormat.Voc, LabelFormat.Coco, LabelFormat.Yolo, LabelFormat.LabelMe];

    /// <summary>Whether a file of the format says which images it is about; otherwise its own name does.</summary>
    internal static bool NamesImages(this LabelFormat format) => format is not (LabelFormat.Voc or LabelFormat.Yolo or LabelFormat.LabelMe);

    /// <summary>The name of a format, for people.</summary>
    internal static string Name(this LabelFormat format) => format switch
    {
        LabelFormat.Voc => "Pascal VOC",
        LabelFormat.Coco => "COCO",
        LabelFormat.Yolo => "YOLO",
        LabelFormat.LabelMe => "labelme",
        LabelFormat.CreateMl => "CreateML",
        LabelFormat.Via => "VIA",
        LabelFormat.Vott => "VoTT",
        LabelFormat.LabelStudio => "Label Studio",
        _ => "Datumaro",
    };
}
