namespace NanoDet.Tool.Labels;

/// <summary>What a writer wrote of a set of labels.</summary>
/// <param name="Images">The number of images.</param>
/// <param name="Objects">The number of objects on them.</param>
/// <param name="Parts">What became of the parts, for people; null where there are none, or folders say them.</param>
internal readonly record struct WrittenLabels(int Images, int Objects, string? Parts);
