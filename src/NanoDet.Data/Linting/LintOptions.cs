namespace NanoDet.Data.Linting;

/// <summary>
/// From which confidence on a disagreement is a finding. The defaults are for precision: who looks at a list of which most is wrong stops
/// looking. docs/lint.md says how they were measured.
/// </summary>
public sealed record LintOptions
{
    /// <summary>For a model that was not trained on the images.</summary>
    public static LintOptions Default { get; } = new();

    /// <summary>For a model that was trained on the images: what it knows by heart says little, so more certainty is asked for.</summary>
    public static LintOptions Seen { get; } = new() { OtherClass = 0.6, NoLabel = 0.85, Box = 0.7, NoObject = 0.99, Twice = 0.7 };

    /// <summary>For an object that looks like another class.</summary>
    public double OtherClass { get; init; } = 0.25;

    /// <summary>For an object without a label.</summary>
    public double NoLabel { get; init; } = 0.61;

    /// <summary>For a box that does not fit.</summary>
    public double Box { get; init; } = 0.6;

    /// <summary>For a box with nothing in it.</summary>
    public double NoObject { get; init; } = 0.97;

    /// <summary>For an object with two labels.</summary>
    public double Twice { get; init; } = 0.5;

    /// <summary>The threshold of one kind.</summary>
    public double Of(LabelFindingKind kind) => kind switch
    {
        LabelFindingKind.OtherClass => OtherClass,
        LabelFindingKind.NoLabel => NoLabel,
        LabelFindingKind.Box => Box,
        LabelFindingKind.NoObject => NoObject,
        _ => Twice,
    };
}
