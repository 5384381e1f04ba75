namespace NanoDet.Pipeline.Manifest;

/// <summary>One file of a model.</summary>
/// <param name="Name">Its name beside the manifest.</param>
/// <param name="Sha256">SHA-256 of its content, lower-case hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
public sealed record ManifestFile(string Name, string Sha256, long Bytes);
