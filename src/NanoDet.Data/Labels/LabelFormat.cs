namespace NanoDet.Data.Labels;

/// <summary>The supported label formats.</summary>
public enum LabelFormat
{
    /// <summary>Pascal VOC XML, one file per image.</summary>
    Voc,

    /// <summary>COCO JSON, one file for all images.</summary>
    Coco,

    /// <summary>YOLO text, one file per image and a file of class names.</summary>
    Yolo,

    /// <summary>labelme JSON, one file per image.</summary>
    LabelMe,
}
