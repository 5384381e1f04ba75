using NanoDet.Data.Datasets;

namespace NanoDet.Data.Splitting;

/// <summary>A list of images.</summary>
/// <param name="File">The file.</param>
/// <param name="Path">Its stored path, to which the names in it are relative.</param>
/// <param name="Part">The part of its images; null where the file's name says it.</param>
public sealed record ImageList(string File, string Path, DatasetPart? Part = null);
