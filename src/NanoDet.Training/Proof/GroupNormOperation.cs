using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Norms;
using NanoDet.Training.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>Group normalisation with the activation behind it, as the guidance head computes them.</summary>
/// <param name="Batch">Pictures.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Height">Of a map.</param>
/// <param name="Width">Of a map.</param>
/// <param name="Groups">Groups of channels that are normalised together.</param>
/// <param name="Slope">Factor of the activation on negative values.</param>
/// <param name="Order">How the maps lie in memory.</param>
internal sealed record GroupNormOperation(long Batch, long Channels, long Height, long Width, long Groups, double Slope, MemoryOrder Order) : Operation
{
    /// <inheritdoc />
    public override IReadOnlyList<Comparison> Compute(ProofNumbers numbers, Device device)
    {
        using var norm = nn.GroupNorm(Groups, Channels);
        using (no_grad())
        {
            norm.weight!.copy_((numbers.Take([Channels], 1) * 0.2) + 1);
            norm.bias!.copy_(numbers.Take([Channels], 2));
        }

        _ = norm.to(device);
        var source = numbers.UnevenMaps([Batch, Channels, Height, Width], Order).to(Type, device).requires_grad_();
        using var tape = new GradientTape();
        Tensor output;
        using (Autocast.Begin(Precision, source.device_type))
        {
            output = Run(source, norm, tape);
        }

        var actual = BatchSum.Of(Observe(OperationResult.Output, output.detach())); // the tape lets the output go
        var gradient = numbers.Maps(output.shape, Order, 3).to(output.dtype, device);
        autograd.backward([output], [gradient]);
        tape.Backward();

        var (weight, bias) = (Exact(norm.weight!).requires_grad_(), Exact(norm.bias!).requires_grad_());
        var expected = zeros([Channels, Height, Width], float64);
        var expectedGradient = zeros([Channels, Height, Width], float64);
        // The share of each pixel itself, before those of mean and deviation are taken away.
        var largest = BatchSum.Of(gradient).abs().max().item<double>();
        using var factors = ProofNumbers.Factors(Batch);
        for (var i = 0; i < Batch; i++)
        {
            using var scope = NewDisposeScope();
            var map = Exact(source[i]).unsqueeze(0).requires_grad_();
            var exact = nn.functional.leaky_relu(nn.functional.group_norm(map, Groups, weight, bias, norm.eps), Slope);
            autograd.backward([exact], [Exact(gradient[i]).unsqueeze(0)]);
            var factor = factors[i];
            expected.add_(exact.detach()[0] * factor);
            expectedGradient.add_(map.grad![0] * factor);
        }

        return
        [
            new(OperationResult.Output, actual, expected),
            new(OperationResult.InputGradient, BatchSum.Of(Observe(OperationResult.InputGradient, source.grad!)), expectedGradient, largest),
            new(OperationResult.WeightGradient, Exact(Observe(OperationResult.WeightGradient, norm.weight!.grad!)), weight.grad!),
            new(OperationResult.BiasGradient, Exact(Observe(OperationResult.BiasGradient, norm.bias!.grad!)), bias.grad!),
        ];
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"group normalisation of {Channels} channels on {Maps(Batch, Width, Height, Order)}");

    private Tensor Run(Tensor source, GroupNorm norm, GradientTape tape) => GroupNormActivation.Serves(source)
        ? GroupNormActivation.Record(source, norm, Slope, tape)
        : nn.functional.leaky_relu(norm.call(source), Slope);

    private static Tensor Exact(Tensor values) => values.detach().to(float64).cpu();
}
