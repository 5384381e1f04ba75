namespace NanoDet.Pipeline.Manifest;

/// <summary>What a training computed with, proved correct on its machine before the first step.</summary>
/// <param name="Instructions">The vector instructions: <c>native</c> for all that the processor has, <c>avx2</c> or <c>avx512</c>.</param>
/// <param name="MemoryOrder">How maps behind the backbone lay in memory: <c>channels-last</c> or <c>planar</c>.</param>
/// <param name="OneDnn">Whether oneDNN's kernels were used.</param>
/// <param name="ProvedOperations">How many distinct operations of the network were proved.</param>
public sealed record ManifestArithmetic(string Instructions, string MemoryOrder, bool OneDnn, int ProvedOperations);
