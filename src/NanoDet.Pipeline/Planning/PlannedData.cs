using NanoDet.Data.Datasets;

namespace NanoDet.Pipeline.Planning;

/// <summary>The size of a data set: what a user compares with what was labelled.</summary>
/// <param name="Training">Images of the training part.</param>
/// <param name="Validation">Images of the validation part.</param>
/// <param name="Test">Images of the test part.</param>
/// <param name="Objects">Objects on all of them.</param>
/// <param name="Classes">Number of classes.</param>
public sealed record PlannedData(int Training, int Validation, int Test, int Objects, int Classes)
{
    /// <summary>Number of images whose part neither an item, a folder nor a list decides.</summary>
    public int Hashed { get; init; }

    /// <summary>Where the split comes from, in one line for people; null where every image has a part of its own.</summary>
    public string? SplitInWords
    {
        get
        {
            var images = Training + Validation + Test;
            return Hashed == 0 ? null
                : Hashed >= images ? "no folder, list or item gives an image a part, so the hash of each decides"
                : $"{Hashed} of {images} images get no part from a folder, list or item, so the hash of each decides";
        }
    }

    /// <summary>Counts a data set.</summary>
    public static PlannedData Of(Dataset dataset) => new(
        dataset.Of(DatasetPart.Train).Count(),
        dataset.Of(DatasetPart.Validation).Count(),
        dataset.Of(DatasetPart.Test).Count(),
        dataset.Images.Sum(image => image.Objects.Length),
        dataset.Classes.Length);

    /// <summary>The numbers in one line for people.</summary>
    public string Words
    {
        get
        {
            var images = Training + Validation + Test;
            return $"{images} {(images == 1 ? "image" : "images")} ({Training} for training, {Validation} for validation, {Test} for testing), "
                + $"{Objects} {(Objects == 1 ? "object" : "objects")} of {Classes} {(Classes == 1 ? "class" : "classes")}";
        }
    }
}
