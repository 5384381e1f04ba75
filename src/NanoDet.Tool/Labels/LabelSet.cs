using System.Collections.Immutable;
using NanoDet.Data.Labels;

namespace NanoDet.Tool.Labels;

/// <summary>Labels of many images, read from any format.</summary>
/// <param name="Classes">The classes in label order.</param>
/// <param name="Images">The labels; file names are relative to the folder of the images, with forward slashes.</param>
internal sealed record LabelSet(ClassList Classes, ImmutableArray<PicturedLabels> Images);

/// <summary>The labels of one image, and the image file.</summary>
/// <param name="Labels">The labels.</param>
/// <param name="Picture">Path of the image; null if it was not found.</param>
internal sealed record PicturedLabels(LabeledImage Labels, string? Picture);
