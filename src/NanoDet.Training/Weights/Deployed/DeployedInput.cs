using NanoDet.Core.Models;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>What an ONNX file says of its input.</summary>
/// <param name="Width">Width, in pixels.</param>
/// <param name="Height">Height, in pixels.</param>
/// <param name="Metadata">All of a file of ours, also how pictures become inputs; null for a file of another program.</param>
internal sealed record DeployedInput(int Width, int Height, ModelMetadata? Metadata)
{
    private const long LongestSide = 8192;

    /// <summary>Reads it.</summary>
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
