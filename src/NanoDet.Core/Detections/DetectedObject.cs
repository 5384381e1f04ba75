using System.Globalization;
using NanoDet.Core.Geometry;

namespace NanoDet.Core.Detections;

/// <summary>One object that a model found.</summary>
/// <param name="Label">Index of its class.</param>
/// <param name="Score">Confidence, 0 to 1.</param>
/// <param name="Box">Its box, in pixels of the network's input or of the image; the producer says which.</param>
public readonly record struct DetectedObject(int Label, float Score, BoundingBox Box)
{
    private readonly string? _name;

    /// <summary>Name of its class; empty where only the index is known.</summary>
    public string Name
    {
        get => _name ?? "";
        init => _name = value;
    }

    /// <summary>Name, score and box for people, such as <c>nut 0.82 (25, 40) 120x80</c>.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{(Name.Length > 0 ? Name : $"#{Label}")} {Score:0.00} {Box}");
}
