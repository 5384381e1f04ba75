using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Planning;

/// <summary>The content of the files that a new training begins with.</summary>
/// <param name="Pretrained">Weights of the whole network; null for none.</param>
/// <param name="Backbone">Weights of the backbone, which are loaded first; null for none.</param>
public sealed record StartingWeights(ContentHash? Pretrained, ContentHash? Backbone);
