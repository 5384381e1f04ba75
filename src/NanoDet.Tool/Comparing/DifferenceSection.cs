namespace NanoDet.Tool.Comparing;

/// <summary>Rows that belong together.</summary>
/// <param name="Title">What they are about.</param>
/// <param name="Rows">The rows.</param>
internal sealed record DifferenceSection(string Title, IReadOnlyList<DifferenceRow> Rows);
