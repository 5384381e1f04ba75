using System.Globalization;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Training.Diagnostics;

/// <summary>NDB4060 and NDB4061: whether the machine computes correctly.</summary>
public static class ArithmeticDiagnostics
{
    /// <summary>NDB4060: the first choice computes wrongly, and another one is used.</summary>
    /// <param name="processor">The processor.</param>
    /// <param name="operation">The operation that is wrong.</param>
    /// <param name="result">Which of its results.</param>
    /// <param name="deviation">The error as a share of the largest right number.</param>
    /// <param name="channels">Where.</param>
    /// <param name="taken">What is used instead.</param>
    /// <param name="cost">What that costs.</param>
    public static Diagnostic Replaced(
        string processor, string operation, string result, double deviation, string channels, string taken, string cost)
        => new("NDB4060", Warning, $"{Wrong(processor, operation, result, deviation, channels)} {char.ToUpperInvariant(taken[0])}{taken[1..]} are used instead and gave correct results; training {cost}");

    /// <summary>NDB4061: no choice computes correctly.</summary>
    /// <param name="processor">The processor.</param>
    /// <param name="operation">The operation that is wrong with the first choice.</param>
    /// <param name="result">Which of its results.</param>
    /// <param name="deviation">The error as a share of the largest right number.</param>
    /// <param name="channels">Where.</param>
    /// <param name="choices">How many choices were tried.</param>
    public static Diagnostic NothingComputesCorrectly(
        string processor, string operation, string result, double deviation, string channels, int choices)
        => new("NDB4061", Error, $"{Wrong(processor, operation, result, deviation, channels)} All {choices} ways to compute gave wrong results, so nothing is trained or exported");

    private static string Wrong(string processor, string operation, string result, double deviation, string channels)
    {
        var error = double.IsFinite(deviation)
            ? string.Create(CultureInfo.InvariantCulture, $"is off by up to {deviation * 100:G3} % of its largest value")
            : "is not a finite number";
        return $"libtorch computes wrongly on this machine ({processor}): the {result} of a {operation} {error}, in {channels}.";
    }
}
