namespace NanoDet.Training.Proof;

/// <summary>An operation that a machine computes wrongly.</summary>
/// <param name="Operation">The operation in words.</param>
/// <param name="Result">Which of its results is wrong, in words.</param>
/// <param name="Deviation">The largest error as a share of the largest number that is right; infinite for what is no finite number.</param>
/// <param name="Channels">The channels that are wrong, in words.</param>
public sealed record Discrepancy(string Operation, string Result, double Deviation, string Channels)
{
    internal static Discrepancy Of(Operation operation, Comparison comparison, double tolerance) => new(
        operation.ToString(), Words(comparison.Result), comparison.Deviation, Words(comparison.Channels(tolerance), comparison.Expected.shape[0]));

    private static string Words(OperationResult result) => result switch
    {
        OperationResult.InputGradient => "input gradient",
        OperationResult.WeightGradient => "weight gradient",
        OperationResult.BiasGradient => "bias gradient",
        _ => result.ToString().ToLowerInvariant(),
    };

    private static string Words(long[] channels, long all) => FormattableString.Invariant(channels switch
    {
        [] => $"any of {all} channels",
        [var one] => $"channel {one + 1} of {all}",
        [var first, .., var last] when last - first == channels.Length - 1 => $"channels {first + 1} to {last + 1} of {all}",
        [var first, .., var last] => $"{channels.Length} channels from {first + 1} to {last + 1} of {all}",
    });
}
