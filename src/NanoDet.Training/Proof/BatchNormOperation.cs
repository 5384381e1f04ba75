using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Norms;
using NanoDet.Training.Native;
using TorchSharp;
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

    /// <summary>What comes out is in that precision, and so are the gradients that go in.</summary>
    public TrainingPrecision ResultPrecision { get; init; }

    /// <summary>Whether <see cref="BatchNormActivation"/> computes it. The activation, which no processor gets wrong, is left out.</summary>
    public bool IsOurs { get; init; }

    /// <inheritdoc />
    public override double Tolerance => ResultPrecision == TrainingPrecision.BFloat16 ? ArithmeticProof.ToleranceOfBFloat16 : base.Tolerance;

    /// <inheritdoc />
    public override IReadOnlyList<Comparison> Compute(ProofNumbers numbers, Device device)
    {
        var map = numbers.UnevenMaps([Batch, Channels, Height, Width], Order).to(Type, device).requires_grad_();
        using var norm = nn.BatchNorm2d(Channels, Epsilon, momentum: 1);
        using (no_grad())
        {
            norm.weight!.copy_((numbers.Take([Channels], 1) * 0.2).add_(1));
            norm.bias!.copy_(numbers.Take([Channels], 2));
        }

        _ = norm.to(device);
        using var tape = new GradientTape();
        Tensor output;
        using (Autocast.Begin(ResultPrecision, map.device_type))
        {
            output = IsOurs ? BatchNormActivation.Record(map.alias(), norm, slope: 1, tape) : norm.call(map);
        }

        var actual = output.detach();
        var gradient = numbers.Maps(output.shape, Order, 3).to(output.dtype, device);
        autograd.backward([output], [gradient]);
        tape.Backward();
        var (weight, mean, variance) = (norm.weight!, norm.running_mean!, norm.running_var!);

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
        var expected = (centred * Spread(scale)) + Spread(norm.bias!.detach().to(float64).cpu() * factors);
        var direct = Spread(scale) * BatchSum.Of(gradient);
        var expectedGradient = direct - (Spread(scale) * (Spread(gradientSum * factors / count) + (centred * Spread(inverse * productSum / count))));
        return
        [
            new(OperationResult.Mean, Observe(OperationResult.Mean, mean).to(float64).cpu(), exactMean),
            new(OperationResult.Variance, Observe(OperationResult.Variance, variance).to(float64).cpu(), exactVariance * (count / (count - 1))),
            new(OperationResult.Output, BatchSum.Of(Observe(OperationResult.Output, actual)), expected),
            new(OperationResult.InputGradient, BatchSum.Of(Observe(OperationResult.InputGradient, map.grad!)), expectedGradient, Largest(direct)),
            new(OperationResult.WeightGradient, Observe(OperationResult.WeightGradient, weight.grad!).to(float64).cpu(), productSum),
            new(OperationResult.BiasGradient, Observe(OperationResult.BiasGradient, norm.bias!.grad!).to(float64).cpu(), gradientSum),
        ];
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"batch normalisation of {Channels} channels on {Maps(Batch, Width, Height, Order)}");

    private static double Largest(Tensor values) => values.abs().max().item<double>();

    private static Tensor Exact(Tensor maps, long picture) => maps.detach()[picture].to(float64).cpu();

    private static Tensor Spread(Tensor channels) => channels.reshape(-1, 1, 1);
}
