using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>A result of an operation beside what it must be, both in double precision in the processor's memory.</summary>
/// <param name="Result">Which result.</param>
/// <param name="Actual">What the operation gave, [C, ...].</param>
/// <param name="Expected">What it must be, [C, ...].</param>
/// <param name="Summand">The largest number that is added up on the way, where sums cancel; 0 where they do not.</param>
internal sealed record Comparison(OperationResult Result, Tensor Actual, Tensor Expected, double Summand = 0)
{
    /// <summary>The largest difference as a share of <see cref="Scale"/>; infinite where a number is not finite.</summary>
    public double Deviation
    {
        get
        {
            var deviation = Differences.max().item<double>() / Scale;
            return double.IsFinite(deviation) ? deviation : double.PositiveInfinity;
        }
    }

    /// <summary>The largest expected number, or the largest that was added up.</summary>
    private double Scale => Math.Max(Math.Max(Expected.abs().max().item<double>(), Summand), double.Epsilon);

    private Tensor Differences => (Actual - Expected).abs().nan_to_num(double.PositiveInfinity);

    /// <summary>Numbers of the channels, from 0, in which a difference is larger than a share of <see cref="Scale"/>.</summary>
    public long[] Channels(double tolerance)
    {
        var largest = Differences.reshape(Differences.shape[0], -1).amax([1]); // [C]
        return [.. largest.gt(tolerance * Scale).nonzero().flatten().data<long>()];
    }
}
