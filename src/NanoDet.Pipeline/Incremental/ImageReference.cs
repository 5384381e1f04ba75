namespace NanoDet.Pipeline.Incremental;

/// <summary>An image, for people and for machines.</summary>
/// <param name="Path">Its stored path at the time.</param>
/// <param name="Sha256">SHA-256 of its file.</param>
public sealed record ImageReference(string Path, string Sha256);
