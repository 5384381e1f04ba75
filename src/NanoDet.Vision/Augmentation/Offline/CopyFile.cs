namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>A file of a copy in the record.</summary>
/// <param name="Path">Path relative to the output folder, with forward slashes.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="ContentHash">SHA-256 of an image file, lower-case hexadecimal; empty for labels.</param>
internal readonly record struct CopyFile(string Path, long Length, string ContentHash);
