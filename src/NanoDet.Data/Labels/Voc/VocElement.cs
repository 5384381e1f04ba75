using System.Text;

namespace NanoDet.Data.Labels.Voc;

/// <summary>The elements of Pascal VOC that are used here.</summary>
internal enum VocElement
{
    Other,
    Annotation,
    FileName,
    Size,
    Width,
    Height,
    Object,
    Name,
    Difficult,
    Truncated,
    BndBox,
    XMin,
    YMin,
    XMax,
    YMax,
    RobndBox,
    Cx,
    Cy,
    W,
    H,
    Angle,
}

/// <summary>Element names in the file.</summary>
internal static class VocElements
{
    /// <summary>The element of a name; <see cref="VocElement.Other"/> for all others.</summary>
    public static VocElement Parse(ReadOnlySpan<byte> name) => name.Length switch
    {
        1 => name[0] == 'w' ? VocElement.W : name[0] == 'h' ? VocElement.H : VocElement.Other,
        2 => name.SequenceEqual("cx"u8) ? VocElement.Cx : name.SequenceEqual("cy"u8) ? VocElement.Cy : VocElement.Other,
        4 => name.SequenceEqual("xmin"u8) ? VocElement.XMin
            : name.SequenceEqual("ymin"u8) ? VocElement.YMin
            : name.SequenceEqual("xmax"u8) ? VocElement.XMax
            : name.SequenceEqual("ymax"u8) ? VocElement.YMax
            : name.SequenceEqual("name"u8) ? VocElement.Name
            : name.SequenceEqual("size"u8) ? VocElement.Size : VocElement.Other,
        5 => name.SequenceEqual("width"u8) ? VocElement.Width
            : name.SequenceEqual("angle"u8) ? VocElement.Angle : VocElement.Other,
        6 => name.SequenceEqual("object"u8) ? VocElement.Object
            : name.SequenceEqual("bndbox"u8) ? VocElement.BndBox
            : name.SequenceEqual("height"u8) ? VocElement.Height : VocElement.Other,
        8 => name.SequenceEqual("filename"u8) ? VocElement.FileName
            : name.SequenceEqual("robndbox"u8) ? VocElement.RobndBox : VocElement.Other,
        9 => name.SequenceEqual("difficult"u8) ? VocElement.Difficult
            : name.SequenceEqual("truncated"u8) ? VocElement.Truncated : VocElement.Other,
        10 => name.SequenceEqual("annotation"u8) ? VocElement.Annotation : VocElement.Other,
        _ => VocElement.Other,
    };

    /// <summary>The element of a name.</summary>
    public static VocElement Parse(string name) => Parse(Encoding.UTF8.GetBytes(name));

    /// <summary>The name of an element, for messages.</summary>
    public static string NameOf(VocElement element) => element.ToString().ToLowerInvariant();
}
