using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Linting;

/// <summary>
/// Two halves of a training part. A model that was trained on one half has not seen the labels of the other, so it cannot repeat their
/// mistakes: what it finds there is evidence for or against them. The content decides the half of an image, so that copies of one
/// image are in the same half, and an image that is added moves no other.
/// </summary>
public static class Folds
{
    /// <summary>The number of folds.</summary>
    public const int Count = 2;

    // The trainings of the folds take about as long as that of the model: hours, if there are many images.
    private const int MostImages = 2000;
    private const int LeastImages = 20;

    // Batch normalisation needs that many images.
    private const int LeastBatch = 8;

    /// <summary>Whether the training part is small enough for a training for each fold, and large enough that half of it teaches something.</summary>
    public static bool Suit(Dataset dataset) => dataset.Of(DatasetPart.Train).Count() is >= LeastImages and <= MostImages;

    /// <summary>The fold whose model does not train on an image, from 0.</summary>
    public static int Of(DatasetImage image) => Convert.FromHexString(image.ContentHash.AsSpan(0, 2))[0] % Count;

    /// <summary>What the model of a fold trains on: the training images of the other fold, and nothing that validates.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="fold">The fold, from 0.</param>
    public static Dataset TrainingOf(Dataset dataset, int fold)
        => dataset with { Images = [.. dataset.Of(DatasetPart.Train).Where(image => Of(image) != fold)] };

    /// <summary>How it trains: half of the images in batches of half the size, which are as many steps as the training of all of them.</summary>
    /// <param name="configuration">The configuration of the training of all images.</param>
    public static NanoDetConfiguration ConfigurationOf(NanoDetConfiguration configuration)
        => configuration with { BatchSize = Math.Max(configuration.BatchSize / Count, Math.Min(configuration.BatchSize, LeastBatch)) };
}
