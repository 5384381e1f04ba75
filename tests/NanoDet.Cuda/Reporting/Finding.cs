using System.Globalization;

namespace NanoDet.Cuda.Reporting;

/// <summary>One line of the report.</summary>
/// <param name="Verdict">What it says.</param>
/// <param name="What">What was measured.</param>
/// <param name="Figure">The figure in words.</param>
internal sealed record Finding(Verdict Verdict, string What, string Figure)
{
    /// <summary>The figure as a number; null where it is none.</summary>
    public double? Value { get; init; }

    /// <summary>What it has to be; null where it is only told.</summary>
    public string? Bar { get; init; }

    /// <summary>A fact without a bar.</summary>
    public static Finding Tell(string what, string figure, double? value = null) => new(Verdict.Told, what, figure) { Value = value };

    /// <summary>Something that has to be so.</summary>
    public static Finding Require(bool isSo, string what, string figure, string bar) => new(isSo ? Verdict.Ok : Verdict.Failed, what, figure) { Bar = bar };

    /// <summary>An error that must not be larger. One that is no number is.</summary>
    public static Finding AtMost(double limit, double error, string what, string place = "")
        => Require(error <= limit, what, Write(error) + (place.Length > 0 ? $" in {place}" : ""), $"at most {Write(limit)}") with { Value = Finite(error) };

    /// <summary>A figure that must not be smaller; only told where it is not judged.</summary>
    public static Finding AtLeast(double? limit, double figure, string what, string unit)
    {
        var told = Tell(what, $"{Write(figure)} {unit}", Finite(figure));
        return limit is { } least
            ? told with { Verdict = figure >= least ? Verdict.Ok : Verdict.Failed, Bar = $"at least {Write(least)}" }
            : told;
    }

    /// <summary>The line for people.</summary>
    public override string ToString()
    {
        var word = Verdict switch { Verdict.Ok => "ok", Verdict.Failed => "FAILED", _ => "told" };
        return $"{word,-6}  {What}: {Figure}{(Bar is null ? "" : $" ({Bar})")}";
    }

    // JSON has no infinity.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string Write(double value) => Math.Abs(value) is > 0 and < 0.01
        ? value.ToString("0.0e-0", CultureInfo.InvariantCulture)
        : value.ToString("0.###", CultureInfo.InvariantCulture);
}
