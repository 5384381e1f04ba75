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
    /// <param name="metadata">What the model is.</param>
    /// <param name="normalization">Its mean and standard deviation, as ColorRow takes them.</param>
    /// <param name="input">[3, height, width].</param>
    /// <returns>From the image to the input.</returns>
    public static Homography Write(PixelImage image, ModelMetadata metadata, Normalization normalization, Span<float> input)
    {
        var size = new PixelSize(metadata.InputWidth, metadata.InputHeight);
        var canvas = ResizePolicy.Canvas(image.Size, size, metadata.KeepRatio);
        var matrix = ResizePolicy.Matrix(image.Size, canvas, metadata.KeepRatio);
        TensorWarp.Write(image, matrix, canvas, normalization, ColorJitter.None, input, size);
        return matrix;
    }
}
