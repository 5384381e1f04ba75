using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
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
    /// <summary>How many of the objects are ignored: neither learnt nor taken for background.</summary>
    public int Ignored { get; init; }

    /// <summary>Number of images whose part neither an item, a folder nor a list decides.</summary>
    public int Hashed { get; init; }

    /// <summary>Where the split comes from, in one line for people; null where every image has a part of its own.</summary>
    public string? SplitInWords
    {
        get
        {
            var images = Training + Validation + Test;
            return Hashed == 0 ? null
                : (Hashed >= images ? "no folder, list or item gives an image a part, so the hash of each decides"
                    : $"{Hashed} of {images} images get no part from a folder, list or item, so the hash of each decides")
                    + (LikeParts.IsEmpty ? "" : $"; if folders such as '{DiagnosticText.Shorten(LikeParts[0])}' are parts, call them train, val and test, or train_images and so on");
        }
    }

    /// <summary>Folders whose names have that of a part among other words, so that nothing is decided by them (<c>bolts_train_2</c>).</summary>
    public ImmutableArray<string> LikeParts { get; init; } = [];

    /// <summary>Counts a data set.</summary>
    public static PlannedData Of(Dataset dataset) => new(
        dataset.Of(DatasetPart.Train).Count(),
        dataset.Of(DatasetPart.Validation).Count(),
        dataset.Of(DatasetPart.Test).Count(),
        dataset.Images.Sum(image => image.Objects.Length),
        dataset.Classes.Length)
    {
        Ignored = dataset.Images.Sum(image => image.Objects.Count(item => item.Ignored)),
        LikeParts = [.. Folders(dataset).Where(PartFolders.IsLikePart).Order(StringComparer.Ordinal)],
    };

    private static HashSet<string> Folders(Dataset dataset)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        string? last = null;
        foreach (var image in dataset.Images)
        {
            // Most images have the folder of the one before.
            var end = Math.Max(image.Path.LastIndexOf('/'), 0);
            if (last is null || !image.Path.AsSpan(0, end).SequenceEqual(last))
            {
                folders.UnionWith((last = image.Path[..end]).Split('/'));
            }
        }

        return folders;
    }

    /// <summary>The numbers in one line for people.</summary>
    public string Words
    {
        get
        {
            var images = Training + Validation + Test;
            return $"{images} {(images == 1 ? "image" : "images")} ({Training} for training, {Validation} for validation, {Test} for testing), "
                + $"{Objects} {(Objects == 1 ? "object" : "objects")}{(Ignored > 0 ? $" ({Ignored} ignored)" : "")} of {Classes} {(Classes == 1 ? "class" : "classes")}";
        }
    }
}
