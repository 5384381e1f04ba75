using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Planning;

/// <summary>What a project says about a file of weights besides its path.</summary>
/// <param name="Hash">The SHA-256 that the file has to have; null for any.</param>
/// <param name="IsFetched">
/// Whether the file is fetched before a training, and only then: what is planned with is <paramref name="Hash"/>, and the file is not
/// looked for.
/// </param>
public readonly record struct WeightInput(ContentHash? Hash, bool IsFetched);
