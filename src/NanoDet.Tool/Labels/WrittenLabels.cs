namespace NanoDet.Tool.Labels;

/// <summary>What a writer wrote of a set of labels.</summary>
/// <param name="Images">The number of images.</param>
/// <param name="Objects">The number of objects on them.</param>
/// <param name="Parts">What became of the parts, for people; null where there are none, or folders say them.</param>
/// <param name="Classes">What became of the order of the classes, for people; null where the labels or their numbers say it.</param>
internal readonly record struct WrittenLabels(int Images, int Objects, string? Parts, string? Classes);
