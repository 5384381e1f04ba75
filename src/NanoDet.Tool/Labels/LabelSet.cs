using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Labels;

namespace NanoDet.Tool.Labels;

/// <summary>Labels of many images, read from any format.</summary>
/// <param name="Classes">The classes in label order.</param>
/// <param name="Images">The labels; file names are relative to the folder of the images, with forward slashes.</param>
internal sealed record LabelSet(ClassList Classes, ImmutableArray<PicturedLabels> Images)
{
    /// <summary>NDB1020 and NDB1024: which of the labels have no image.</summary>
    public ImmutableArray<Diagnostic> Missing { get; init; } = [];

    /// <summary>Stored paths of the images of a folder that have no labels.</summary>
    public ImmutableArray<string> Unlabelled { get; init; } = [];
}

/// <summary>The labels of one image, and the image file.</summary>
/// <param name="Labels">The labels.</param>
/// <param name="Picture">Path of the image; null if it was not found.</param>
internal sealed record PicturedLabels(LabeledImage Labels, string? Picture)
{
    /// <summary>Whether the labels stand in YOLO's text.</summary>
    public bool AreYolo => Labels.Location is { } place && LabelFileReader.IsYolo(place.File);

    /// <summary>The part that somebody gave the image; null where nothing says it, or it was not asked for.</summary>
    public DatasetPart? Part { get; init; }

    /// <summary>Whether a list says that the image is for training or validation, and not for which (VOC's <c>trainval</c>).</summary>
    public bool IsOfTrainval { get; init; }

    /// <summary>What a list or file of such images is called; null where nothing says their part.</summary>
    public string? ListName => Part is { } part ? PartNames.Of(part) : IsOfTrainval ? "trainval" : null;
}
