namespace NanoDet.Pipeline.Manifest;

/// <summary>The arithmetic of a training, which was proved correct on its machine before the first step.</summary>
/// <param name="Instructions">The vector instructions: <c>native</c> for all instructions of the processor, <c>avx2</c> or <c>avx512</c>.</param>
/// <param name="MemoryOrder">The memory order of the feature maps after the backbone: <c>channels-last</c> or <c>planar</c>.</param>
/// <param name="OneDnn">Whether oneDNN's kernels were used.</param>
/// <param name="ProvedOperations">The number of distinct operations of the network that were proved.</param>
/// <param name="Precision">
/// The numbers that a step computed with: <c>single</c>, or <c>bfloat16</c> for convolutions and feature maps, with weights,
/// statistics and losses in single precision. Validation and evaluation are in single precision.
/// </param>
public sealed record ManifestArithmetic(string Instructions, string MemoryOrder, bool OneDnn, int ProvedOperations, string Precision = "single");
