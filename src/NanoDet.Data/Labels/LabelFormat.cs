namespace NanoDet.Data.Labels;

/// <summary>The supported label formats. All are read; <see cref="LabelFormats.Written"/> are written too.</summary>
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

    /// <summary>Apple's CreateML JSON, one file for all images.</summary>
    CreateMl,

    /// <summary>JSON of the VGG Image Annotator (VIA) 1 and 2, one file for all images.</summary>
    Via,

    /// <summary>VoTT JSON: one file for all images, or one for each that is not called like it.</summary>
    Vott,

    /// <summary>Label Studio JSON, one file for all images.</summary>
    LabelStudio,

    /// <summary>Datumaro JSON, one file for the images of a part.</summary>
    Datumaro,
}
