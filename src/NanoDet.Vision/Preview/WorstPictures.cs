using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation.Details;
using NanoDet.Data.Parallelism;
using NanoDet.Vision.Images;

namespace NanoDet.Vision.Preview;

/// <summary>Adds small pictures to the images on which a model makes the most errors.</summary>
public static class WorstPictures
{
    // A few of them, so that each may be large enough to see why the model is wrong.
    private static readonly ThumbnailBudget Budget = new(Side: 480, Bytes: 45_000);

    /// <summary>Returns the details with the pictures of their worst images.</summary>
    /// <param name="details">The details.</param>
    /// <param name="images">The images of the evaluation.</param>
    /// <param name="fileOf">Finds the file of an image.</param>
    /// <exception cref="NanoDetException">NDB1200 to NDB1203, NDB1206.</exception>
    public static PartDetails Show(PartDetails details, IEnumerable<DatasetImage> images, Func<DatasetImage, string> fileOf)
    {
        var known = images.DistinctBy(image => image.Path).ToDictionary(image => image.Path, StringComparer.Ordinal);
        return details with
        {
            Worst = [.. ParallelLoop.Map(details.Worst.Length, index => Show(details.Worst[index], known[details.Worst[index].Path], fileOf))],
        };
    }

    private static WorstImage Show(WorstImage worst, DatasetImage image, Func<DatasetImage, string> fileOf)
        => worst with { Jpeg = Budget.Encode(DatasetPicture.LoadSmall(fileOf(image), image.ContentHash, Budget.Side, image.Orientation)) };
}
