using NanoDet.Imaging;
using NanoDet.Imaging.Colors;
using NanoDet.Imaging.Warping;
using ModelMetadata = NanoDet.Core.Models.ModelMetadata;

namespace NanoDet.Detection.Inference;

/// <summary>Turns an image into a network's input as the model's metadata says.</summary>
internal static class ImageInput
{
    /// <summary>Writes an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="view">What of it.</param>
    /// <param name="metadata">What the model is.</param>
    /// <param name="normalization">Its mean and standard deviation, as ColorRow takes them.</param>
    /// <param name="input">[3, height, width].</param>
    /// <returns>From the image to the input, for boxes.</returns>
    public static Homography Write(PixelImage image, ImageView view, ModelMetadata metadata, Normalization normalization, Span<float> input)
    {
        var size = new PixelSize(metadata.InputWidth, metadata.InputHeight);
        var shown = view.SizeIn(image.Size);
        var canvas = ResizePolicy.Canvas(shown, size, metadata.KeepRatio);
        var resize = ResizePolicy.Matrix(shown, canvas, metadata.KeepRatio);
        var toView = view.From(image.Size);

        // The warp counts pixels from 0, so the last of them, and not the edge behind it, is mirrored to the first.
        var pixels = view.IsMirrored ? Homography.Translate(-1, 0) * toView : toView;
        TensorWarp.Write(image, resize * pixels, canvas, normalization, ColorJitter.None, input, size);
        return resize * toView;
    }
}
