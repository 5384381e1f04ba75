using System.Globalization;

namespace NanoDet.Data.Linting;

/// <summary>
/// How much the silence of a lint means: for each label that was compared and is not in doubt, whether its absence, or another class in its place, would have
/// been a finding. It is worked out from the detections of the label, not measured with errors that were planted; docs/lint.md compares both.
/// </summary>
/// <param name="Labels">The number of labels, without difficult objects, crowds and those in doubt, in images whose labels the models had not seen.</param>
/// <param name="Missing">The number of those that would have been found if they were missing.</param>
/// <param name="OtherClass">The number of those that would have been found if they had another class, any of the others; null where there is no other.</param>
public sealed record LintRecall(int Labels, int Missing, double? OtherClass)
{
    /// <summary>That of labels which the models had seen: they know them by heart, so what they see says nothing.</summary>
    public static LintRecall Unknown { get; } = new(0, 0, null);

    /// <summary>The share of missing labels that would have been found, 0 to 1; null where it is not known.</summary>
    public double? MissingShare => Labels == 0 ? null : (double)Missing / Labels;

    /// <summary>The share of wrong classes that would have been found, 0 to 1; null where it is not known or there is one class.</summary>
    public double? OtherClassShare => Labels == 0 ? null : OtherClass / Labels;

    /// <summary>What a model notices, in words; null where it is not known.</summary>
    public string? Words => MissingShare is not { } missing ? null
        : OtherClassShare is { } other ? string.Create(CultureInfo.InvariantCulture, $"about {100 * missing:F0} of 100 missing labels and {100 * other:F0} of 100 wrong classes")
        : string.Create(CultureInfo.InvariantCulture, $"about {100 * missing:F0} of 100 missing labels");

    /// <summary>Both together, of the same classes.</summary>
    public LintRecall With(LintRecall other) => Labels == 0 ? other : other.Labels == 0 ? this
        : new(Labels + other.Labels, Missing + other.Missing, OtherClass + other.OtherClass);
}
