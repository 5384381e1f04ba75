using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Augmentation;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Requests;
using NanoDet.Vision.Augmentation;
using NanoDet.Vision.Augmentation.Offline;
using NanoDet.Vision.Images;

namespace NanoDet.Worker.Augmentation;

/// <summary>Makes augmented copies of the training images, and the data set with both.</summary>
internal static class AugmentStage
{
    /// <summary>Makes the copies that do not exist yet.</summary>
    /// <exception cref="NanoDetException">The recipe or an image cannot be used; the other images have their copies.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the copies that were made are kept.</exception>
    public static void Run(AugmentRequest request, CancellationToken cancellation)
    {
        var recipe = AugmentationRecipe.Of(request.Preset, request.Steps, request.Copies) ?? new AugmentationRecipe([], 0);
        var dataset = DatasetFile.Read(request.Dataset);
        var options = new OfflineAugmentationOptions(recipe, request.Seed);
        options = options with { Threads = request.Threads ?? options.Threads };
        var sources = AugmentedDataset.Sources(dataset, request.ImageFolder);
        var result = OfflineAugmentation.Run(sources, request.OutputFolder, options, new AugmentProgress(), cancellation);
        Console.WriteLine(Summary(result));
        foreach (var diagnostic in result.Diagnostics.SkipLast(1))
        {
            Console.WriteLine(diagnostic);
        }

        if (!result.Diagnostics.IsEmpty)
        {
            throw new NanoDetException(result.Diagnostics[^1]);
        }

        Remember(request.DecodedPictures, result.Copies);
        var folder = ProjectPath.Relative(request.ImageFolder, request.OutputFolder);
        AtomicFile.WriteIfDifferent(request.Output, DatasetFile.ToJson(AugmentedDataset.With(dataset, result.Copies, folder)));
    }

    // Training need not decode what was encoded here.
    private static void Remember(string? file, IEnumerable<AugmentedCopy> copies)
    {
        var decoded = DecodedPictures.Open(file);
        foreach (var copy in copies)
        {
            decoded.Add(copy.ContentHash);
        }

        decoded.Save();
    }

    private static string Summary(OfflineAugmentationResult result)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"NanoDet: augmented images: {result.Written} written, {result.Kept} kept; old files removed: {result.Removed}");
        var dropped = result.Dropped;
        return dropped.Count == 0 ? text : text + "; boxes left out: " + string.Join(", ", dropped.OrderBy(pair => pair.Key).Select(Reason));

        static string Reason(KeyValuePair<BoxVisibility, int> pair) => pair.Key switch
        {
            BoxVisibility.Outside => $"{pair.Value} outside",
            BoxVisibility.HardlyVisible => $"{pair.Value} hardly visible",
            _ => $"{pair.Value} too small",
        };
    }
}
