namespace NanoDet.Data.Models.Manifest;

/// <summary>Where a model comes from.</summary>
/// <param name="Policy"><c>scratch</c>, or <c>pretrained</c> where training began with weights.</param>
/// <param name="Parent">SHA-256 of the weights that training began with; null for none.</param>
public sealed record ManifestLineage(string Policy, string? Parent);
