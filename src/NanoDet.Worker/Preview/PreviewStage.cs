using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Imaging;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Requests;
using NanoDet.Vision.Preview;
using NanoDet.Worker.Requests;

namespace NanoDet.Worker.Preview;

/// <summary>Writes a page and contact sheets of a data set.</summary>
internal static class PreviewStage
{
    /// <summary>The page in the output folder.</summary>
    public const string PageName = "index.html";

    private const int SheetPictures = 48;
    private const int SheetColumns = 8;

    /// <summary>Writes the page, and a contact sheet for each part that has images.</summary>
    /// <exception cref="NanoDetException">The data set or the configuration cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(PreviewRequest request, CancellationToken cancellation)
    {
        var dataset = DatasetFile.Read(request.Dataset);
        var copies = request.Augmented is { } path && File.Exists(path) ? DatasetFile.Read(path) : dataset;
        var problems = request.Plan is { } plan && PlanFile.Read(plan) is { } result ? result.Diagnostics : [];
        var input = RequestedConfiguration.Read(request.Configuration).Validation;
        var pictures = new PreviewPictures(request.ImageFolder, dataset.Classes, problems).Of(dataset, copies);
        PreviewPage.Write(
            Path.Combine(request.OutputFolder, PageName), request.Title, pictures, dataset.Classes, new PixelSize(input.Width, input.Height), cancellation);
        foreach (var stale in Directory.GetFiles(request.OutputFolder, "*.png"))
        {
            File.Delete(stale);
        }

        foreach (var part in pictures.GroupBy(picture => picture.Part))
        {
            cancellation.ThrowIfCancellationRequested();
            var sheet = ContactSheet.Draw(Choose([.. part]), SheetColumns);
            AtomicFile.Write(Path.Combine(request.OutputFolder, $"{part.Key}.png"), ImageEncoder.EncodePng(sheet));
        }

        Console.WriteLine(PrintedText.Escape($"NanoDet: preview of {pictures.Length} {(pictures.Length == 1 ? "image" : "images")} in {Path.Combine(request.OutputFolder, PageName)}"));
    }

    /// <summary>Chooses pictures: those with problems first, then some of the others, taken evenly.</summary>
    private static ImmutableArray<PreviewPicture> Choose(ImmutableArray<PreviewPicture> pictures)
    {
        ImmutableArray<PreviewPicture> bad = [.. pictures.Where(picture => !picture.Problems.IsEmpty).Take(SheetPictures)];
        ImmutableArray<PreviewPicture> good = [.. pictures.Where(picture => picture.Problems.IsEmpty)];
        var wanted = Math.Min(SheetPictures - bad.Length, good.Length);
        return [.. bad, .. Enumerable.Range(0, wanted).Select(i => good[(int)((long)i * good.Length / wanted)])];
    }
}
