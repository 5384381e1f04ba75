using System.Collections.Immutable;

namespace NanoDet.Imaging.Colors;

/// <summary>The mean that a network subtracts from its input and the standard deviation that it divides by, for blue, green and red on the 0 to 255 scale.</summary>
/// <param name="Mean">Three values: blue, green, red.</param>
/// <param name="Std">Three values: blue, green, red.</param>
public sealed record Normalization(ImmutableArray<double> Mean, ImmutableArray<double> Std);
