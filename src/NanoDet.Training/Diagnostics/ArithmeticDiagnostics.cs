using System.Globalization;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Training.Diagnostics;

/// <summary>NDB4060 to NDB4064: whether the machine computes correctly.</summary>
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

    /// <summary>NDB4062: bf16 is asked for, and not computed correctly.</summary>
    /// <param name="processor">The processor.</param>
    /// <param name="operation">The operation that is wrong with the first choice.</param>
    /// <param name="result">Which of its results.</param>
    /// <param name="deviation">The error as a share of the largest right number.</param>
    /// <param name="channels">Where.</param>
    public static Diagnostic MixedPrecisionWrong(string processor, string operation, string result, double deviation, string channels)
        => new("NDB4062", Error, $"{Wrong(processor, operation, result, deviation, channels)} NanoDetTrainingPrecision is BFloat16, so nothing is trained; use Single");

    /// <summary>NDB4063: bf16 is asked for, and this libtorch has no autocast.</summary>
    public static Diagnostic NoMixedPrecision()
        => new("NDB4063", Error, "NanoDetTrainingPrecision is BFloat16, but this libtorch has no autocast; use Single, or the libtorch that NanoDet.Build restores");

    /// <summary>NDB4064: bf16 is asked for, and the processor has no instructions for it.</summary>
    /// <param name="processor">The processor.</param>
    /// <param name="arePinned">Whether it is the project that leaves them out.</param>
    public static Diagnostic MixedPrecisionSlow(string processor, bool arePinned)
        => new("NDB4064", Warning, $"NanoDetTrainingPrecision is BFloat16, but {(arePinned ? "NanoDetInstructions leaves out the instructions for bf16" : $"this processor ({processor}) has no instructions for bf16")}; training is correct, but slower than with Single");

    private static string Wrong(string processor, string operation, string result, double deviation, string channels)
    {
        var error = double.IsFinite(deviation)
            ? string.Create(CultureInfo.InvariantCulture, $"is off by up to {deviation * 100:G3} % of its largest value")
            : "is not a finite number";
        return $"libtorch computes wrongly on this machine ({processor}): the {result} of a {operation} {error}, in {channels}.";
    }
}
