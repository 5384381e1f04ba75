namespace NanoDet.Tool.Models;

/// <summary>A section of a description: names and values for people, and the same for programs.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Rows">What people read.</param>
internal sealed record DescriptionSection(string Title, List<(string Name, string Value)> Rows)
{
    /// <summary>The property of the JSON document and its value; null for what another section's value has too.</summary>
    public (string Name, object Value)? Json { get; init; }
}
