using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels.Coco;

/// <summary>The detection data of a COCO file such as <c>instances_val2017.json</c>, including ids.</summary>
/// <param name="Images">The images in the order of the file.</param>
/// <param name="Annotations">The boxes in the order of the file.</param>
/// <param name="Categories">The classes in the order of the file; their ids may have gaps.</param>
public sealed record CocoDocument(
    ImmutableArray<CocoImage> Images, ImmutableArray<CocoAnnotation> Annotations, ImmutableArray<CocoCategory> Categories)
{
    /// <summary>Warnings about annotations that were left out or read as something simpler, with the image of the first such annotation.</summary>
    public ImmutableArray<(long ImageId, Diagnostic Problem)> Problems { get; init; } = [];
}

/// <summary>An entry of <c>images</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="FileName">Its <c>file_name</c>, with forward slashes.</param>
public sealed record CocoImage(long Id, string FileName)
{
    /// <summary>Width in pixels; null if the file does not give it.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels; null if the file does not give it.</summary>
    public int? Height { get; init; }

    /// <summary>The place of the entry.</summary>
    public SourceLocation? Location { get; init; }
}

/// <summary>An entry of <c>categories</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The class.</param>
public sealed record CocoCategory(long Id, string Name)
{
    /// <summary>The group that it belongs to (<c>supercategory</c>); null if the file does not give it.</summary>
    public string? Supercategory { get; init; }

    /// <summary>The place of the entry.</summary>
    public SourceLocation? Location { get; init; }
}

/// <summary>An entry of <c>annotations</c>. The box is kept as the file has it, because <c>x + width - x</c> is not always <c>width</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ImageId">The image.</param>
/// <param name="CategoryId">The class.</param>
/// <param name="X">Left edge, in pixels.</param>
/// <param name="Y">Top edge, in pixels.</param>
/// <param name="Width">Width, in pixels.</param>
/// <param name="Height">Height, in pixels.</param>
public readonly record struct CocoAnnotation(long Id, long ImageId, long CategoryId, double X, double Y, double Width, double Height)
{
    /// <summary><c>area</c> in square pixels, which may be that of a mask; null if the file does not give it.</summary>
    public double? Area { get; init; }

    /// <summary><c>iscrowd</c>.</summary>
    public bool Crowd { get; init; }

    /// <summary><c>ignore</c>: VOC's <c>difficult</c> as converters write it.</summary>
    public bool Ignore { get; init; }

    /// <summary>The place of the entry.</summary>
    public SourceLocation? Location { get; init; }
}
