using NanoDet.Data.Fingerprints;

namespace NanoDet.Data.Planning;

/// <summary>One step of the build that turns files into files.</summary>
/// <param name="Name">Its name: <c>split</c>, <c>convert</c>.</param>
/// <param name="Inputs">Everything that its outputs depend on; the hash is the stage's key.</param>
public sealed record Stage(string Name, Fingerprint Inputs);
