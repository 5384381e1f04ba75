namespace NanoDet.Data.Labels;

/// <summary>The forms of labels that are read and written.</summary>
public enum LabelFormat
{
    /// <summary>Pascal VOC XML, a file an image.</summary>
    Voc,

    /// <summary>COCO JSON, one file for all images.</summary>
    Coco,

    /// <summary>YOLO text, a file an image and a file of class names.</summary>
    Yolo,

    /// <summary>labelme JSON, a file an image.</summary>
    LabelMe,
}
