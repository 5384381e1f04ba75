using System.Globalization;
using NanoDet.Core.Models;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>What a file says of the input of its model.</summary>
/// <param name="Width">Width, in pixels.</param>
/// <param name="Height">Height, in pixels.</param>
/// <param name="Metadata">All of an ONNX file of ours, also how pictures become inputs; null for any other file.</param>
internal sealed record DeployedInput(int Width, int Height, ModelMetadata? Metadata)
{
    private const int LongestSide = 8192;

    /// <summary>Makes it from a size; null if no input has such a size.</summary>
    /// <param name="width">Width, in pixels.</param>
    /// <param name="height">Height, in pixels.</param>
    public static DeployedInput? Of(int width, int height)
        => width is > 0 and <= LongestSide && height is > 0 and <= LongestSide ? new DeployedInput(width, height, null) : null;

    /// <summary>Reads a size as the metadata of weights have it; null if it is none.</summary>
    /// <param name="text">The text; null for none.</param>
    public static DeployedInput? Parse(string? text) => text?.Split('x') is [var width, var height]
        && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var w) && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var h)
        ? Of(w, h)
        : null;

    /// <summary>Reads that of an ONNX file.</summary>
    /// <param name="model">The file.</param>
    /// <returns>Null if the file does not say it, as one with an open size does not.</returns>
    /// <exception cref="InvalidDataException">The metadata contradicts itself.</exception>
    public static DeployedInput? Of(ModelProto model)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in model.MetadataProps)
        {
            properties[property.Key] = property.Value;
        }

        if (ModelMetadataProperties.IsPresent(properties))
        {
            try
            {
                var metadata = ModelMetadataProperties.Read(properties);
                return new DeployedInput(metadata.InputWidth, metadata.InputHeight, metadata);
            }
            catch (FormatException exception)
            {
                throw new InvalidDataException($"its metadata cannot be read: {exception.Message}", exception);
            }
        }

        // Older exporters list the weights among the inputs too.
        var weights = model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var picture = model.Graph.Input.FirstOrDefault(input => !weights.Contains(input.Name));
        return picture?.Type?.TensorType?.Shape?.Dim is [_, _, { DimValue: > 0 and <= LongestSide and var height }, { DimValue: > 0 and <= LongestSide and var width }]
            ? new DeployedInput((int)width, (int)height, null)
            : null;
    }
}
