using System.Collections.Immutable;
using NanoDet.Core.Models;

namespace NanoDet.Data.Configuration;

/// <summary>Random changes of an image, in the original's terms, and the normalisation (<c>pipeline</c>).</summary>
public sealed record PipelineConfiguration
{
    /// <summary>Largest perspective coefficient.</summary>
    public double Perspective { get; init; }

    /// <summary>Factor on both sides.</summary>
    public ValueRange Scale { get; init; } = ValueRange.One;

    /// <summary>Factor on the width only.</summary>
    public ValueRange StretchX { get; init; } = ValueRange.One;

    /// <summary>Factor on the height only.</summary>
    public ValueRange StretchY { get; init; } = ValueRange.One;

    /// <summary>Largest rotation, in degrees.</summary>
    public double Rotation { get; init; }

    /// <summary>Largest shear, in degrees.</summary>
    public double Shear { get; init; }

    /// <summary>Largest shift, as a share of the side.</summary>
    public double Translate { get; init; }

    /// <summary>Probability of a horizontal flip.</summary>
    public double Flip { get; init; }

    /// <summary>The largest value to add to the image (0 to 1 scale); null for none.</summary>
    public double? Brightness { get; init; }

    /// <summary>Factor on the contrast; null for none.</summary>
    public ValueRange? Contrast { get; init; }

    /// <summary>Factor on the saturation; null for none.</summary>
    public ValueRange? Saturation { get; init; }

    /// <summary>Subtracted from blue, green and red, on the 0 to 255 scale.</summary>
    public ImmutableArray<double> Mean { get; init; } = ModelMetadata.UsualMean;

    /// <summary>Divides blue, green and red afterwards.</summary>
    public ImmutableArray<double> Std { get; init; } = ModelMetadata.UsualStd;
}
