namespace NanoDet.Data.Fingerprints;

/// <summary>One entry of a <see cref="Fingerprint"/>.</summary>
/// <param name="Name">Its name, in words that a user knows: <c>NanoDetSeed</c>, <c>image images/cat.jpg</c>.</param>
/// <param name="Value">Its value, or the hash of a long one.</param>
public readonly record struct FingerprintEntry(string Name, string Value);

/// <summary>One difference between two fingerprints.</summary>
/// <param name="Name">Name of the entry.</param>
/// <param name="Before">Its earlier value; null if the entry is new.</param>
/// <param name="After">Its value now; null if the entry was removed.</param>
public readonly record struct FingerprintChange(string Name, string? Before, string? After);
