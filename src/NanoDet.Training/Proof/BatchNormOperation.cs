using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>Batch normalisation in training: the statistics of each channel over a batch, what it makes of the maps, and back.</summary>
/// <param name="Batch">Pictures.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Height">Of a map.</param>
/// <param name="Width">Of a map.</param>
/// <param name="Order">How the maps lie in memory.</param>
internal sealed record BatchNormOperation(long Batch, long Channels, long Height, long Width, MemoryOrder Order) : Operation
{
    private const double Epsilon = 1e-5;

    /// <inheritdoc />
    public override IReadOnlyList<Comparison> Compute(ProofNumbers numbers, Device device)
    {
        var map = numbers.UnevenMaps([Batch, Channels, Height, Width], Order).to(Type, device).requires_grad_();
        var weight = (numbers.Take([Channels], 1) * 0.2).add_(1).to(device).requires_grad_();
        var bias = numbers.Take([Channels], 2).to(device).requires_grad_();
        var (mean, variance) = (zeros([Channels], device: device), ones([Channels], device: device));
        var output = nn.functional.batch_norm(map, mean, variance, weight, bias, training: true, momentum: 1, eps: Epsilon);
        var gradient = numbers.Maps(output.shape, Order, 3).to(Type, device);
        var gradients = autograd.grad([output], [map, weight, bias], [gradient]);

        // The same by its definition.
        var count = (double)(Batch * Height * Width);
        var exactMean = ChannelSum.Of(map.detach()) / count;
        var exactVariance = ChannelSum.Of(Batch, Channels, i => Exact(map, i).sub_(Spread(exactMean)).square()) / count;
        var inverse = (exactVariance + Epsilon).rsqrt();
        var scale = inverse * weight.detach().to(float64).cpu();
        var gradientSum = ChannelSum.Of(gradient);
        var productSum = ChannelSum.Of(Batch, Channels, i => Exact(map, i).sub_(Spread(exactMean)).mul_(Exact(gradient, i))) * inverse;

        // Output and gradient are linear in the pictures, once the statistics are known.
        var factors = ProofNumbers.Factors(Batch).sum();
        var centred = BatchSum.Of(map.detach()) - Spread(exactMean * factors);
        var expected = (centred * Spread(scale)) + Spread(bias.detach().to(float64).cpu() * factors);
        var direct = Spread(scale) * BatchSum.Of(gradient);
        var expectedGradient = direct - (Spread(scale) * (Spread(gradientSum * factors / count) + (centred * Spread(inverse * productSum / count))));
        return
        [
            new(OperationResult.Mean, Observe(OperationResult.Mean, mean).to(float64).cpu(), exactMean),
            new(OperationResult.Variance, Observe(OperationResult.Variance, variance).to(float64).cpu(), exactVariance * (count / (count - 1))),
            new(OperationResult.Output, BatchSum.Of(Observe(OperationResult.Output, output.detach())), expected),
            new(OperationResult.InputGradient, BatchSum.Of(Observe(OperationResult.InputGradient, gradients[0])), expectedGradient, Largest(direct)),
            new(OperationResult.WeightGradient, Observe(OperationResult.WeightGradient, gradients[1]).to(float64).cpu(), productSum),
            new(OperationResult.BiasGradient, Observe(OperationResult.BiasGradient, gradients[2]).to(float64).cpu(), gradientSum),
        ];
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"batch normalisation of {Channels} channels on {Maps(Batch, Width, Height, Order)}");

    private static double Largest(Tensor values) => values.abs().max().item<double>();

    private static Tensor Exact(Tensor maps, long picture) => maps.detach()[picture].to(float64).cpu();

    private static Tensor Spread(Tensor channels) => channels.reshape(-1, 1, 1);
}
