namespace NanoDet.Tool.Comparing;

/// <summary>One thing that two models are compared in.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Old">Of the first; null where it has none.</param>
/// <param name="New">Of the second; null where it has none.</param>
/// <param name="Change">By how much it changed; null where that is no number.</param>
internal sealed record DifferenceRow(string Name, string? Old, string? New, double? Change = null);
