using System.Collections.Immutable;

namespace NanoDet.Data.Augmentation;

/// <summary>A step as a project writes it, before it is parsed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Settings">Its settings by name.</param>
public sealed record AugmentationItem(string Name, ImmutableSortedDictionary<string, string> Settings);
