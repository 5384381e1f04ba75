using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Imaging;
using NanoDet.Imaging.Colors;
using NanoDet.Imaging.Warping;
using NanoDet.Vision.Randomness;

namespace NanoDet.Vision.Augmentation;

/// <summary>
/// The original's training pipeline (<c>ShapeTransform</c> and <c>color_aug_and_norm</c>). The changes of an image depend only on
/// (seed, image hash, epoch). A pipeline whose ranges are all single values only resizes and normalises; this is how
/// validation uses it. Many threads can use it at the same time.
/// </summary>
/// <param name="input">Size of the network's input, resize policy, ranges and normalisation.</param>
/// <param name="seed">The training's seed.</param>
/// <param name="visibility">The rule for which boxes are kept; null for <see cref="VisibilityRule.Default"/>.</param>
public sealed class OnlineAugmentation(InputConfiguration input, long seed, VisibilityRule? visibility = null)
{
    // The network halves its input five times.
    private const int Divisor = 32;

    private readonly VisibilityRule _visibility = visibility ?? VisibilityRule.Default;
    private readonly Normalization _normalization = new(input.Pipeline.Mean, input.Pipeline.Std);

    /// <summary>
    /// Returns the input size of a batch: the largest width and the largest height, rounded up to a multiple of 32; smaller samples
    /// are padded with zeros at the right and below (<c>stack_batch_img</c>).
    /// </summary>
    public static PixelSize BatchSize(IEnumerable<AugmentedSample> samples)
    {
        var (width, height) = (0, 0);
        foreach (var sample in samples)
        {
            width = Math.Max(width, sample.Canvas.Width);
            height = Math.Max(height, sample.Canvas.Height);
        }

        return new((width + Divisor - 1) / Divisor * Divisor, (height + Divisor - 1) / Divisor * Divisor);
    }

    /// <summary>Draws the changes of an image in one epoch.</summary>
    /// <param name="image">The image and its labels.</param>
    /// <param name="epoch">The epoch, from 0; it decides the size.</param>
    /// <param name="visit">The number that seeds the changes, another one for each visit of the image; null for the epoch.</param>
    public AugmentedSample Draw(DatasetImage image, int epoch, long? visit = null)
    {
        var random = new KeyedRandom("augment-online", seed, image.ContentHash, visit ?? epoch);
        var source = new PixelSize(image.Width, image.Height);
        var canvas = ResizePolicy.Canvas(source, InputSize(input.SizeAt(epoch), random.NextDouble()), input.KeepRatio);
        var matrix = ShapeTransform.Draw(input.Pipeline, random).Matrix(source, canvas, input.KeepRatio);
        return new(canvas, matrix, DrawColor(random), Move(image.Objects, matrix, canvas));
    }

    /// <summary>Makes the pixels of a sample, in one pass over the image.</summary>
    /// <param name="image">The decoded image, with its orientation applied.</param>
    /// <param name="sample">The result of <see cref="Draw"/> for it.</param>
    /// <param name="tensor">[3, height, width], blue first.</param>
    /// <param name="tensorSize">Width and height of the batch.</param>
    public void Write(PixelImage image, AugmentedSample sample, Span<float> tensor, PixelSize tensorSize)
        => TensorWarp.Write(image, sample.Matrix, sample.Canvas, _normalization, sample.Color, tensor, tensorSize);

    private PixelSize InputSize(InputSize size, double position)
    {
        if (input.MultiScale is not { } range)
        {
            return new(size.Width, size.Height);
        }

        var factor = range.Low + (position * (range.High - range.Low));
        return new(Math.Max((int)(size.Width * factor), Divisor), Math.Max((int)(size.Height * factor), Divisor));
    }

    /// <summary>Applies each change with a probability of one half, in the original's order.</summary>
    private ColorJitter DrawColor(KeyedRandom random)
    {
        var pipeline = input.Pipeline;
        var brightness = DrawOne(pipeline.Brightness is { } delta ? new ValueRange(-delta, delta) : null);
        var contrast = DrawOne(pipeline.Contrast);
        var saturation = DrawOne(pipeline.Saturation);
        return new(brightness ?? 0, contrast ?? 1, saturation);

        double? DrawOne(ValueRange? range)
        {
            var happens = random.NextChance(0.5);
            var position = random.NextDouble();
            return happens && range is { } open ? open.Low + (position * (open.High - open.Low)) : null;
        }
    }

    private ImmutableArray<DatasetObject> Move(ImmutableArray<DatasetObject> objects, in Homography matrix, PixelSize canvas)
    {
        var kept = ImmutableArray.CreateBuilder<DatasetObject>(objects.Length);
        foreach (var item in objects)
        {
            var moved = matrix.MapBox(item.Box);
            if (VisibilityRule.Keeps(_visibility.Judge(moved, canvas), item.Ignored))
            {
                kept.Add(item with { Box = moved.Clip(canvas.Width, canvas.Height), Area = null });
            }
        }

        return kept.DrainToImmutable();
    }
}
