using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Imaging;
using NanoDet.Training.Diagnostics;
using NanoDet.Vision.Augmentation;
using NanoDet.Vision.Images;
using static TorchSharp.torch;

namespace NanoDet.Training.Loading;

/// <summary>
/// Decodes and augments the images of a batch. An image that cannot be read is reported once, and the next readable image of the
/// same batch replaces it. The training continues, and uses the same images when it is repeated.
/// </summary>
/// <param name="imageFolder">The folder that the images' paths are relative to.</param>
/// <param name="augmentation">The random changes of every image.</param>
/// <param name="cache">Decoded images.</param>
/// <param name="report">Takes the warning about an image that cannot be read; if null, such an image is an error.</param>
public sealed class BatchAssembler(string imageFolder, OnlineAugmentation augmentation, DecodedImageCache cache, Action<Diagnostic>? report)
{
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>Makes a batch.</summary>
    /// <param name="position">Its position in the training.</param>
    /// <param name="visits">Its images.</param>
    /// <exception cref="DiagnosticException">NDB4010: none of the images can be read.</exception>
    public TrainingBatch Assemble(TrainingPosition position, ImmutableArray<ImageVisit> visits)
    {
        var pictures = visits.Select(visit => (Visit: visit, Picture: Decode(visit.Image))).ToArray();
        var readable = Substitute(pictures);
        var samples = readable.Select(entry => augmentation.Draw(entry.Visit.Image, entry.Visit.AugmentationIndex(position.Epoch))).ToImmutableArray();
        var size = OnlineAugmentation.BatchSize(samples);
        var input = empty(samples.Length, 3, size.Height, size.Width).DetachFromDisposeScope();
        var values = MemoryMarshal.Cast<byte, float>(input.bytes);
        var length = 3 * size.Width * size.Height;
        for (var i = 0; i < samples.Length; i++)
        {
            augmentation.Write(readable[i].Picture, samples[i], values.Slice(i * length, length), size);
        }

        return new TrainingBatch(position, [.. readable.Select(entry => entry.Visit.Image)], samples, input);
    }

    private PixelImage? Decode(DatasetImage image)
    {
        try
        {
            return cache.Load(image, ProjectPath.Full(imageFolder, image.Path));
        }
        catch (DiagnosticException exception) when (report is not null)
        {
            if (_unreadable.Add(image.Path))
            {
                report(TrainingDiagnostics.PictureSkipped(image.Path, exception.Diagnostic));
            }

            return null;
        }
    }

    private static (ImageVisit Visit, PixelImage Picture)[] Substitute((ImageVisit Visit, PixelImage? Picture)[] pictures)
    {
        var result = new (ImageVisit, PixelImage)[pictures.Length];
        for (var i = 0; i < pictures.Length; i++)
        {
            var (visit, picture) = pictures.Skip(i).Concat(pictures).FirstOrDefault(entry => entry.Picture is not null);
            result[i] = (visit, picture ?? throw new DiagnosticException(TrainingDiagnostics.NoPictureReadable([.. pictures.Select(entry => entry.Visit.Image.Path)])));
        }

        return result;
    }
}
