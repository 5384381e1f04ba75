using NanoDet.Data.Datasets;
using NanoDet.Data.Files;

namespace NanoDet.Pipeline.Planning;

/// <summary>An image as the project names it.</summary>
/// <param name="Path">Its stored path (<see cref="ProjectPath"/>).</param>
public sealed record PlanImage(string Path)
{
    /// <summary>The part that the item asks for; null where it asks for none.</summary>
    public DatasetPart? Part { get; init; }

    /// <summary>Images of one group stay in one part; null for an image on its own.</summary>
    public string? Group { get; init; }

    /// <summary>How often training sees it in one epoch, relative to the others.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether the user says that nothing is on it, so that it needs no labels.</summary>
    public bool Negative { get; init; }
}
