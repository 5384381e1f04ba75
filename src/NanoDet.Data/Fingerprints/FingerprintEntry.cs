namespace NanoDet.Data.Fingerprints;

/// <summary>One thing that a <see cref="Fingerprint"/> was made of.</summary>
/// <param name="Name">What it is, in words a user knows: <c>NanoDetSeed</c>, <c>image images/cat.jpg</c>.</param>
/// <param name="Value">Its value, or the hash of a long one.</param>
public readonly record struct FingerprintEntry(string Name, string Value);

/// <summary>One difference between two fingerprints.</summary>
/// <param name="Name">Name of the entry.</param>
/// <param name="Before">Its earlier value; null where the entry is new.</param>
/// <param name="After">Its value now; null where the entry is gone.</param>
public readonly record struct FingerprintChange(string Name, string? Before, string? After);
