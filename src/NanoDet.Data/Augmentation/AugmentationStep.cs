using System.Collections.Immutable;
using NanoDet.Data.Configuration;

namespace NanoDet.Data.Augmentation;

/// <summary>One change of an image, with the ranges from which its numbers are drawn at random.</summary>
public abstract record AugmentationStep
{
    /// <summary>The probability of the step, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Its name, as projects write it: <c>GaussianBlur</c>.</summary>
    public string Name => GetType().Name[..^"Step".Length];

    /// <summary>Its ranges, in the order in which numbers are drawn.</summary>
    public virtual ImmutableArray<StepRange> Ranges => [];

    /// <summary>The same step with other ranges, as many as <see cref="Ranges"/>.</summary>
    public virtual AugmentationStep With(ImmutableArray<ValueRange> ranges) => this;
}

/// <summary>Exchanges left and right (<c>Fliplr</c>).</summary>
public sealed record FlipHorizontalStep : AugmentationStep;

/// <summary>Exchanges top and bottom (<c>Flipud</c>).</summary>
public sealed record FlipVerticalStep : AugmentationStep;

/// <summary>Multiplies every channel.</summary>
/// <param name="Factor">1 changes nothing.</param>
public sealed record MultiplyStep(ValueRange Factor) : AugmentationStep
{
    /// <inheritdoc />
    public override ImmutableArray<StepRange> Ranges => [new(nameof(Factor), Factor, 0, 100)];

    /// <inheritdoc />
    public override AugmentationStep With(ImmutableArray<ValueRange> ranges) => this with { Factor = ranges[0] };
}

/// <summary>Adds to every channel.</summary>
/// <param name="Amount">On the 0 to 255 scale; 0 changes nothing.</param>
public sealed record BrightnessStep(ValueRange Amount) : AugmentationStep
{
    /// <inheritdoc />
    public override ImmutableArray<StepRange> Ranges => [new(nameof(Amount), Amount, -255, 255)];

    /// <inheritdoc />
    public override AugmentationStep With(ImmutableArray<ValueRange> ranges) => this with { Amount = ranges[0] };
}

/// <summary>Moves every channel away from the middle of the scale.</summary>
/// <param name="Factor">1 changes nothing, 0 makes the image grey.</param>
public sealed record ContrastStep(ValueRange Factor) : AugmentationStep
{
    /// <inheritdoc />
    public override ImmutableArray<StepRange> Ranges => [new(nameof(Factor), Factor, 0, 100)];

    /// <inheritdoc />
    public override AugmentationStep With(ImmutableArray<ValueRange> ranges) => this with { Factor = ranges[0] };
}

/// <summary>Multiplies the saturation of HSV.</summary>
/// <param name="Factor">1 changes nothing, 0 removes all colour.</param>
public sealed record SaturationStep(ValueRange Factor) : AugmentationStep
{
    /// <inheritdoc />
    public override ImmutableArray<StepRange> Ranges => [new(nameof(Factor), Factor, 0, 100)];

    /// <inheritdoc />
    public override AugmentationStep With(ImmutableArray<ValueRange> ranges) => this with { Factor = ranges[0] };
}

/// <summary>Blurs.</summary>
/// <param name="Sigma">Standard deviation in pixels; below 0.01 nothing happens.</param>
public sealed record GaussianBlurStep(ValueRange Sigma) : AugmentationStep
{
    /// <inheritdoc />
    public override ImmutableArray<StepRange> Ranges => [new(nameof(Sigma), Sigma, 0, 50)];

    /// <inheritdoc />
    public override AugmentationStep With(ImmutableArray<ValueRange> ranges) => this with { Sigma = ranges[0] };
}

/// <summary>Adds noise, independent for every pixel and channel.</summary>
/// <param name="Sigma">Standard deviation on the 0 to 255 scale.</param>
public sealed record GaussianNoiseStep(ValueRange Sigma) : AugmentationStep
{
    /// <inheritdoc />
    public override ImmutableArray<StepRange> Ranges => [new(nameof(Sigma), Sigma, 0, 255)];

    /// <inheritdoc />
    public override AugmentationStep With(ImmutableArray<ValueRange> ranges) => this with { Sigma = ranges[0] };
}

/// <summary>Scales, shears, rotates and translates around the centre, in this order; pixels from outside are black.</summary>
public sealed record AffineStep : AugmentationStep
{
    /// <summary>Shift to the right, in pixels.</summary>
    public ValueRange TranslateX { get; init; } = new(0, 0);

    /// <summary>Shift down, in pixels.</summary>
    public ValueRange TranslateY { get; init; } = new(0, 0);

    /// <summary>Factor on both sides.</summary>
    public ValueRange Scale { get; init; } = ValueRange.One;

    /// <summary>Degrees, counter-clockwise.</summary>
    public ValueRange Rotate { get; init; } = new(0, 0);

    /// <summary>Degrees whose tangent moves x with y.</summary>
    public ValueRange Shear { get; init; } = new(0, 0);

    /// <inheritdoc />
    public override ImmutableArray<StepRange> Ranges =>
    [
        new(nameof(TranslateX), TranslateX, -100_000, 100_000) { IsOptional = true },
        new(nameof(TranslateY), TranslateY, -100_000, 100_000) { IsOptional = true },
        new(nameof(Scale), Scale, 0.01, 100) { IsOptional = true },
        new(nameof(Rotate), Rotate, -360, 360) { IsOptional = true },
        new(nameof(Shear), Shear, -80, 80) { IsOptional = true },
    ];

    /// <inheritdoc />
    public override AugmentationStep With(ImmutableArray<ValueRange> ranges)
        => this with { TranslateX = ranges[0], TranslateY = ranges[1], Scale = ranges[2], Rotate = ranges[3], Shear = ranges[4] };
}

/// <summary>Cuts a random share off each side and scales the rest to the original size.</summary>
/// <param name="Share">Share of the width or height, 0 to less than 0.5.</param>
public sealed record CropStep(ValueRange Share) : AugmentationStep
{
    /// <inheritdoc />
    public override ImmutableArray<StepRange> Ranges => [new(nameof(Share), Share, 0, 0.49)];

    /// <inheritdoc />
    public override AugmentationStep With(ImmutableArray<ValueRange> ranges) => this with { Share = ranges[0] };
}
