namespace NanoDet.Tool.Comparing;

/// <summary>One property in which two models are compared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Old">The value of the old model; null if it has none.</param>
/// <param name="New">The value of the new model; null if it has none.</param>
/// <param name="Change">The change; null if the values are not numbers.</param>
internal sealed record DifferenceRow(string Name, string? Old, string? New, double? Change = null);
