using NanoDet.Training.Models.Layers;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>Bilinear interpolation to another size.</summary>
/// <param name="Batch">Pictures.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Height">Of the map that goes in.</param>
/// <param name="Width">Of the map that goes in.</param>
/// <param name="Factor">The size that comes out, as a multiple of the size that goes in.</param>
/// <param name="Order">How the map that goes in lies in memory.</param>
internal sealed record InterpolationOperation(long Batch, long Channels, long Height, long Width, double Factor, MemoryOrder Order) : Operation
{
    /// <inheritdoc />
    public override IReadOnlyList<Comparison> Compute(ProofNumbers numbers, Device device)
    {
        var map = numbers.Maps([Batch, Channels, Height, Width], Order, 0).to(Type, device).requires_grad_();
        using var layer = nn.Upsample(scale_factor: [Factor, Factor], mode: UpsampleMode.Bilinear, align_corners: false);
        var output = Interpolation.Of(map, layer);
        var gradient = numbers.Maps(output.shape, Order, 3).to(Type, device);
        var gradients = autograd.grad([output], [map], [gradient]);

        // Each output row is a mean of two input rows, each column of two columns: a matrix from the left and one from the right.
        var (rows, columns) = (Means(Height, output.shape[2]), Means(Width, output.shape[3]));
        return
        [
            new(
                OperationResult.Output, BatchSum.Of(Observe(OperationResult.Output, output.detach())),
                rows.matmul(BatchSum.Of(map.detach())).matmul(columns.t())),
            new(
                OperationResult.InputGradient, BatchSum.Of(Observe(OperationResult.InputGradient, gradients[0])),
                rows.t().matmul(BatchSum.Of(gradient)).matmul(columns)),
        ];
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"interpolation by {Factor} of {Channels} channels on {Maps(Batch, Width, Height, Order)}");

    /// <summary>[to, from]; corners of pixels are aligned, not their centres.</summary>
    private Tensor Means(long from, long to)
    {
        var means = new double[to, from];
        for (var i = 0; i < to; i++)
        {
            var place = Math.Max(((i + 0.5) / Factor) - 0.5, 0);
            var first = Math.Min((long)place, from - 1);
            means[i, first] += 1 - (place - first);
            means[i, Math.Min(first + 1, from - 1)] += place - first;
        }

        return tensor(means);
    }
}
