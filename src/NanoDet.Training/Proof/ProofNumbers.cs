using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>
/// Random numbers for a proof, the same every time. They are drawn once and repeated as often as a tensor needs. Their number is
/// a prime, so no two pictures and no two channels get the same numbers.
/// </summary>
internal sealed class ProofNumbers : IDisposable
{
    private const int Period = 1_000_003; // a prime

    private readonly Tensor _numbers;

    /// <summary>Draws the numbers.</summary>
    public ProofNumbers()
    {
        using var generator = new Generator(20240229);
        _numbers = randn(Period, generator: generator).DetachFromDisposeScope();
    }

    /// <summary>Numbers about as large as those of normalised maps, in a memory order.</summary>
    /// <param name="shape">[B, C, H, W].</param>
    /// <param name="order">How they lie in memory.</param>
    /// <param name="turn">Another number, other values.</param>
    public Tensor Maps(long[] shape, MemoryOrder order, int turn) => order == MemoryOrder.Planar
        ? Take(shape, turn)
        : Take([shape[0], shape[2], shape[3], shape[1]], turn).permute(0, 3, 1, 2);

    /// <summary>
    /// Numbers for a normalisation: away from 0, as maps are, and apart from each other, since where the few values of a small map
    /// happen to be alike, what is divided by their deviation has no correct digits in single precision.
    /// </summary>
    /// <param name="shape">[B, C, H, W].</param>
    /// <param name="order">How they lie in memory.</param>
    public Tensor UnevenMaps(long[] shape, MemoryOrder order)
    {
        using var scope = NewDisposeScope();
        var number = arange(shape[0]).reshape(-1, 1, 1, 1) + arange(shape[1]).reshape(1, -1, 1, 1);
        var sign = 1 - (2 * number.remainder(2)).to(float32); // picture by picture and channel by channel the other one
        return Maps(shape, order, 0).mul_(0.5).add_(sign + 0.5).MoveToOuterDisposeScope();
    }

    /// <summary>Numbers with mean 0 and variance 1.</summary>
    /// <param name="shape">Any shape.</param>
    /// <param name="turn">Another number, other values.</param>
    public Tensor Take(long[] shape, int turn)
    {
        using var scope = NewDisposeScope();
        var count = shape.Aggregate(1L, (product, side) => product * side);
        return _numbers.roll(turn * 9_973L).repeat((count + Period - 1) / Period).narrow(0, 0, count).reshape(shape).clone().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Factors of both signs, all different. Results are added up with them, so that one comparison covers all results: a wrong
    /// number shows in the sum, and two wrong numbers do not cancel each other.
    /// </summary>
    public static Tensor Factors(long count)
    {
        using var scope = NewDisposeScope();
        var i = arange(count, dtype: float64);
        return (1 - (2 * i.remainder(2))).mul(((i * 0.618034).frac() * 0.5) + 0.75).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void Dispose() => _numbers.Dispose();
}
