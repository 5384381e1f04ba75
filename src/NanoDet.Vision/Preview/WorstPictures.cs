using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation.Details;
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
            Worst = [.. details.Worst.AsParallel().AsOrdered().Select(worst => worst with { Jpeg = Encode(fileOf(known[worst.Path]), known[worst.Path]) })],
        };
    }

    private static byte[] Encode(string file, DatasetImage image)
        => Budget.Encode(DatasetPicture.LoadSmall(file, image.ContentHash, Budget.Side, image.Orientation));
}
