using System.Collections.Immutable;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>The operations that ONNX and ncnn have under different names, each in one form.</summary>
internal static class OperationKinds
{
    private const long MostChannels = 1 << 24;

    /// <summary>An operation that keeps the number of channels.</summary>
    public static DeployedOperation Map(string kind, string name, DeployedOperation input, params ImmutableArray<double?> settings)
        => new(kind, name, [input], settings) { Channels = input.Channels };

    /// <summary>Adds or multiplies two values.</summary>
    public static DeployedOperation Combine(string kind, string name, DeployedOperation a, DeployedOperation b)
        => new(kind, name, [a, b]) { Channels = a.Channels };

    /// <summary>Multiplies a value with a function of it, as Swish and Hardswish do.</summary>
    public static DeployedOperation Gate(string name, DeployedOperation input, string kind, params ImmutableArray<double?> settings)
        => Combine("Mul", name, input, Map(kind, name, input, settings));

    /// <summary>Keeps values between two limits; the largest number means none.</summary>
    public static DeployedOperation Clip(string name, DeployedOperation input, double? low, double? high)
        => Map("Clip", name, input, low <= -float.MaxValue ? double.NegativeInfinity : low, high >= float.MaxValue ? double.PositiveInfinity : high);

    /// <summary>Concatenates values.</summary>
    public static DeployedOperation Concatenate(string name, ImmutableArray<DeployedOperation> inputs, long axis)
        => new("Concat", name, inputs, axis) { Channels = axis == 1 ? inputs.Aggregate((long?)0, (sum, input) => sum + input.Channels) : inputs.FirstOrDefault()?.Channels };

    /// <summary>
    /// Takes neighbouring channels. The first ones are told by how many follow, because these are distances in the predictions, while
    /// the number of classes is that of each file.
    /// </summary>
    /// <param name="name">The name of the node.</param>
    /// <param name="input">The value.</param>
    /// <param name="start">The first channel.</param>
    /// <param name="end">The channel after the last; null or more than there are for all.</param>
    public static DeployedOperation Channels(string name, DeployedOperation input, long start, long? end)
    {
        var count = input.Channels;
        end = end is { } last && last <= (count ?? long.MaxValue) ? last < 0 ? count + last : last : count;
        start = start < 0 && count is { } all ? all + start : start;
        var (length, after) = (end - start, count - end);
        return start == 0 && after == 0 ? input
            : new DeployedOperation(
                start == 0 ? "the first channels, but not the last" : after == 0 ? "the last channels" : "channels in the middle",
                name, [input], start == 0 ? [after] : after == 0 ? [length] : [start, length])
            { Channels = length };
    }

    /// <summary>Splits channels into neighbouring parts.</summary>
    /// <exception cref="InvalidDataException">A size is impossible.</exception>
    public static IEnumerable<DeployedOperation> Split(string name, DeployedOperation input, IEnumerable<long> sizes)
    {
        var parts = sizes.ToArray();
        if (parts.Any(size => size is < 1 or > MostChannels))
        {
            throw new InvalidDataException("a part of the channels has an impossible size");
        }

        var whole = new DeployedOperation(input.Kind, input.Name, input.Inputs, input.Settings) { Channels = parts.Sum(), Convolution = input.Convolution, Sources = input.Sources };
        long start = 0;
        foreach (var size in parts)
        {
            yield return Channels(name, whole, start, start + size);
            start += size;
        }
    }
}
