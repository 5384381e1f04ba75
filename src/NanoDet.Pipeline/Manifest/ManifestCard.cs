namespace NanoDet.Pipeline.Manifest;

/// <summary>The card of a training, and what it computed with. What did not tell itself is <c>unknown</c>.</summary>
/// <param name="Name">The name of the card.</param>
/// <param name="Driver">The version of its driver.</param>
/// <param name="Cuda">The version of CUDA's libraries.</param>
/// <param name="CuDnn">The version of cuDNN.</param>
/// <param name="Tf32">Whether convolutions and matrix products used TF32.</param>
public sealed record ManifestCard(string Name, string Driver, string Cuda, string CuDnn, bool Tf32);
