using System.Collections.Immutable;

namespace NanoDet.Pipeline.Manifest;

/// <summary>How a model with 8 bits was made from one with 32.</summary>
/// <param name="Pictures">The number of pictures of the training part that ranges were measured on.</param>
/// <param name="Difference">
/// The root mean square of what the scores on these pictures changed by, as a share of the root mean square of the scores.
/// </param>
/// <param name="Quantized">The convolutions that compute with 8 bits, in the order in which they run.</param>
/// <param name="Kept">The convolutions that keep 32 bits, because the scores change too much with 8.</param>
public sealed record ManifestQuantization(int Pictures, double Difference, ImmutableArray<string> Quantized, ImmutableArray<string> Kept);
