using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Labels;
using NanoDet.Imaging;
using NanoDet.Vision.Images;
using NanoDet.Vision.Randomness;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>Makes the copies of images one by one: pixels and labels. It has the buffers of one thread.</summary>
/// <param name="options">The options.</param>
internal sealed class CopyMaker(OfflineAugmentationOptions options) : IDisposable
{
    // Rounded, so that files have the same boxes on machines whose sine differs in the last digit.
    private const int Decimals = 4;

    private readonly JpegEncoder _jpeg = new(options.JpegQuality);
    private PixelImage? _decoded;
    private PixelImage? _first;
    private PixelImage? _second;

    /// <summary>Computes the labels of a copy from the geometry only.</summary>
    /// <param name="source">The image.</param>
    /// <param name="index">1 for the first copy.</param>
    public AugmentedCopy Describe(SourcePicture source, int index)
    {
        var size = new PixelSize(source.Width, source.Height);
        var matrix = Draw(source, index).Matrix;
        var kept = ImmutableArray.CreateBuilder<LabeledObject>();
        var origins = ImmutableArray.CreateBuilder<int>();
        var dropped = ImmutableArray.CreateBuilder<BoxVisibility>();
        for (var i = 0; i < source.Labels.Objects.Length; i++)
        {
            var item = source.Labels.Objects[i];
            var moved = matrix.MapBox(item.Box);
            var visibility = options.Visibility.Judge(moved, size);
            var box = Round(moved.Clip(size.Width, size.Height));
            if (VisibilityRule.Keeps(visibility, source.Ignored.Contains(i)) && !box.IsDegenerate)
            {
                kept.Add(item with { Box = box, Truncated = item.Truncated || IsCut(moved, size), Area = null, Location = null });
                origins.Add(i);
            }
            else
            {
                dropped.Add(visibility);
            }
        }

        var (imagePath, labelPath) = CopyName.Of(source.Path, index);
        var labels = new LabeledImage(imagePath[(imagePath.LastIndexOf('/') + 1)..], kept.DrainToImmutable()) { Width = size.Width, Height = size.Height };
        return new(source.Path, index, imagePath, labelPath, labels, origins.DrainToImmutable(), dropped.DrainToImmutable());
    }

    /// <summary>Decodes an image.</summary>
    /// <returns>Its pixels, valid until the next image is decoded.</returns>
    /// <exception cref="NanoDetException">NDB1200 to NDB1204, NDB1206.</exception>
    public PixelImage Decode(SourcePicture source)
        => _decoded = DatasetPicture.Load(source.File, source.ContentHash, source.Orientation, new(source.Width, source.Height), _decoded);

    /// <summary>Makes the pixels of a copy.</summary>
    /// <param name="source">The image.</param>
    /// <param name="pixels">Its pixels.</param>
    /// <param name="index">1 for the first copy.</param>
    /// <returns>The copy, valid until the next one is made.</returns>
    public PixelImage Render(SourcePicture source, PixelImage pixels, int index)
    {
        if (_first is null || _second is null || _first.Size != pixels.Size)
        {
            (_first, _second) = (new(pixels.Width, pixels.Height), new(pixels.Width, pixels.Height));
        }

        var current = pixels;
        foreach (var pass in Draw(source, index).Passes)
        {
            var target = ReferenceEquals(current, _first) ? _second : _first;
            pass.Apply(current, target);
            current = target;
        }

        return current;
    }

    /// <summary>Encodes a copy.</summary>
    /// <param name="path">The path, whose extension decides the format.</param>
    /// <param name="copy">The pixels.</param>
    public byte[] Encode(string path, PixelImage copy) => ImageEncoder.IsJpeg(path) ? _jpeg.Encode(copy) : ImageEncoder.EncodePng(copy);

    /// <summary>Frees the buffers, which are otherwise kept for the next image.</summary>
    public void Forget()
    {
        _jpeg.Forget();
        (_decoded, _first, _second) = (null, null, null);
    }

    /// <inheritdoc />
    public void Dispose() => Forget();

    private static bool IsCut(BoundingBox moved, PixelSize size)
    {
        const double Tolerance = 1e-6;
        return moved.Left < -Tolerance || moved.Top < -Tolerance || moved.Right > size.Width + Tolerance || moved.Bottom > size.Height + Tolerance;
    }

    private static BoundingBox Round(BoundingBox box) => new(
        Math.Round(box.Left, Decimals), Math.Round(box.Top, Decimals), Math.Round(box.Right, Decimals), Math.Round(box.Bottom, Decimals));

    private CopyPlan Draw(SourcePicture source, int index)
        => CopyPlan.Draw(options.Recipe, new(source.Width, source.Height), new KeyedRandom("augment-offline", options.Seed, source.ContentHash, index));
}
