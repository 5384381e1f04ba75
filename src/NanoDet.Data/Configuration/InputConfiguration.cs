using System.Text.Json.Serialization;

namespace NanoDet.Data.Configuration;

/// <summary>How images of one part become network inputs (<c>data.train</c>, <c>data.val</c>).</summary>
public sealed record InputConfiguration
{
    /// <summary>Width of the network's input, in pixels (first number of <c>input_size</c>).</summary>
    public required int Width { get; init; }

    /// <summary>Height of the network's input, in pixels (second number of <c>input_size</c>).</summary>
    public required int Height { get; init; }

    /// <summary>Whether images keep their aspect ratio and are padded, or are stretched.</summary>
    public bool KeepRatio { get; init; }

    /// <summary>Range of a random factor on the input size for each sample; null for none (<c>multi_scale</c>).</summary>
    public ValueRange? MultiScale { get; init; }

    /// <summary>The smaller input of the first epochs; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ProgressiveResizing? ProgressiveResizing { get; init; }

    /// <summary>Random changes and the normalisation.</summary>
    public required PipelineConfiguration Pipeline { get; init; }

    /// <summary>The full size of the network's input.</summary>
    [JsonIgnore]
    public InputSize Size => new(Width, Height);

    /// <summary>Returns the size of the network's input in an epoch, before a random factor.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    public InputSize SizeAt(int epoch) => ProgressiveResizing is { } smaller && epoch < smaller.Epochs ? new(smaller.Width, smaller.Height) : Size;
}

/// <summary>A closed range of numbers.</summary>
/// <param name="Low">The smallest.</param>
/// <param name="High">The largest.</param>
public readonly record struct ValueRange(double Low, double High)
{
    /// <summary>The range that contains only 1: a factor that changes nothing.</summary>
    public static ValueRange One { get; } = new(1, 1);
}
