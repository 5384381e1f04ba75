using NanoDet.Data.Images;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Validation;

/// <summary>An image to check, with its header and labels.</summary>
/// <param name="Path">Path relative to the project's folder, with forward slashes; the name in the data set.</param>
/// <param name="File">Path of the file as the user would write it, for locations.</param>
/// <param name="ContentHash">SHA-256 of the file, lower-case hexadecimal.</param>
/// <param name="Header">Its header.</param>
/// <param name="Labels">Its labels; null if there are none.</param>
public sealed record ImageToJudge(string Path, string File, string ContentHash, ImageHeader Header, LabeledImage? Labels)
{
    /// <summary>How often training uses it in one epoch, relative to the others.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether the user says that it shows no object, so that it needs no labels.</summary>
    public bool Negative { get; init; }
}
