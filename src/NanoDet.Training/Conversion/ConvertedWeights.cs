using NanoDet.Training.Weights;

namespace NanoDet.Training.Conversion;

/// <summary>What a conversion did.</summary>
/// <param name="Report">What became of each tensor.</param>
/// <param name="Network">The network that was needed, in words; null for none.</param>
/// <param name="Input">The input of the model that was written, and where its size comes from, in words; null for weights without an input.</param>
/// <param name="AssumedClasses">Which class names were assumed, in words; null where the file or the user names them, or nothing needs them.</param>
public sealed record ConvertedWeights(WeightReport Report, string? Network, string? Input, string? AssumedClasses = null)
{
    /// <summary>What of the network that was written no file says, in words; null if the user names the network, or the file has all of it.</summary>
    public string? Assumed { get; init; }
}
