using NanoDet.Data.Fingerprints;

namespace NanoDet.Data.Datasets;

/// <summary>An image with the meaning of its labels.</summary>
/// <param name="Image">The image.</param>
/// <param name="Labels">Hash over the meaning of its labels (<see cref="LabelFingerprint"/>).</param>
public readonly record struct ImageMeaning(DatasetImage Image, ContentHash Labels)
{
    // Bits enough to tell any two pictures apart, at half the length: there is one for every image.
    private const int ShortDigits = 32;

    /// <summary>The first half of the picture's hash.</summary>
    public string ShortPicture => Image.ContentHash[..ShortDigits];

    /// <summary>The first half of the labels' hash.</summary>
    public string ShortLabels => Labels.ToString()[..ShortDigits];
}
