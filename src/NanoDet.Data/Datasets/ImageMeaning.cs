using NanoDet.Data.Fingerprints;

namespace NanoDet.Data.Datasets;

/// <summary>An image with the meaning of its labels.</summary>
/// <param name="Image">The image.</param>
/// <param name="Labels">Hash over the meaning of its labels (<see cref="LabelFingerprint"/>).</param>
public readonly record struct ImageMeaning(DatasetImage Image, ContentHash Labels)
{
    // Enough bits to distinguish any two images, at half the length, because there is one for every image.
    private const int ShortDigits = 32;

    /// <summary>The first half of the hash of the image's content.</summary>
    public string ShortPicture => Image.ContentHash[..ShortDigits];

    /// <summary>The first half of the labels' hash.</summary>
    public string ShortLabels => Labels.ToString(ShortDigits);
}
