using NanoDet.Data.Configuration;

namespace NanoDet.Data.Augmentation;

/// <summary>A range that a step draws a number from.</summary>
/// <param name="Name">Its name, as projects write it.</param>
/// <param name="Value">The range.</param>
/// <param name="Low">Least number that makes sense.</param>
/// <param name="High">Largest number that makes sense.</param>
public readonly record struct StepRange(string Name, ValueRange Value, double Low, double High)
{
    /// <summary>Whether a project may leave it out, which leaves the image as it is in this respect.</summary>
    public bool IsOptional { get; init; }
}
