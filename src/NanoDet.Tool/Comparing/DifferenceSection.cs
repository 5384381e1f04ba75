namespace NanoDet.Tool.Comparing;

/// <summary>A section of rows.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Rows">The rows.</param>
internal sealed record DifferenceSection(string Title, IReadOnlyList<DifferenceRow> Rows);
