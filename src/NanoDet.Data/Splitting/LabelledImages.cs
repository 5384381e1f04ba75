namespace NanoDet.Data.Splitting;

/// <summary>Label files, and the images that they are about.</summary>
/// <param name="Files">Stored paths of the label files.</param>
/// <param name="ImageOf">The image of a file by its number; null for a file that has none, or many.</param>
public sealed record LabelledImages(IReadOnlyList<string> Files, Func<string, int?> ImageOf);
