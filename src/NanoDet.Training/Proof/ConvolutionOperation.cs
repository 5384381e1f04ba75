using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Depthwise;
using NanoDet.Training.Models.Layers.Winograd;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>A convolution.</summary>
/// <param name="Batch">Pictures.</param>
/// <param name="In">Channels in.</param>
/// <param name="Out">Channels out.</param>
/// <param name="Height">Of the map that goes in.</param>
/// <param name="Width">Of the map that goes in.</param>
/// <param name="Kernel">Side of the kernel.</param>
/// <param name="Stride">Step of the kernel.</param>
/// <param name="Padding">Zeros on every side.</param>
/// <param name="Groups">Groups of channels that do not mix.</param>
/// <param name="HasBias">Whether a number is added to each output channel.</param>
/// <param name="Order">How the map that goes in lies in memory.</param>
/// <param name="HasGradients">Whether it runs backward too.</param>
internal sealed record ConvolutionOperation(
    long Batch, long In, long Out, long Height, long Width, long Kernel, long Stride, long Padding, long Groups, bool HasBias,
    MemoryOrder Order, bool HasGradients) : Operation
{
    /// <summary>Whether it is computed by <see cref="WinogradConvolution"/>.</summary>
    public bool IsWinograd { get; init; }

    /// <summary>Whether the gradient of the kernels is computed by <see cref="DepthwiseGradient"/>.</summary>
    public bool HasOwnGradient { get; init; }

    /// <inheritdoc />
    public override double Tolerance
        => IsWinograd && Precision == TrainingPrecision.BFloat16 ? ArithmeticProof.ToleranceOfWinogradInBFloat16 : base.Tolerance;

    /// <inheritdoc />
    public override IReadOnlyList<Comparison> Compute(ProofNumbers numbers, Device device)
    {
        var map = numbers.Maps([Batch, In, Height, Width], Order, 0).to(Type, device).requires_grad_(HasGradients);
        var fan = In / Groups * Kernel * Kernel;
        var weight = (numbers.Take([Out, In / Groups, Kernel, Kernel], 1) * (1 / Math.Sqrt(fan))).to(Type, device).requires_grad_(HasGradients);
        var bias = HasBias ? numbers.Take([Out], 2).to(Type, device).requires_grad_(HasGradients) : null;
        using var tape = new GradientTape();
        var output = IsWinograd
            ? WinogradConvolution.Record(map, weight, tape)
            : nn.functional.conv2d(map, HasOwnGradient ? weight.detach() : weight, bias, strides: [Stride, Stride], padding: [Padding, Padding], groups: Groups);

        var reference = new ReferenceConvolution(Stride, Padding, Groups);
        var exactWeight = weight.detach().to(float64).cpu();
        var expected = reference.Output(BatchSum.Of(map.detach()), exactWeight);
        if (bias is not null)
        {
            expected.add_((bias.detach().to(float64).cpu() * ProofNumbers.Factors(Batch).sum()).reshape(-1, 1, 1));
        }

        var comparison = new Comparison(OperationResult.Output, BatchSum.Of(Observe(OperationResult.Output, output.detach())), expected);
        return HasGradients ? [comparison, .. Gradients(numbers.Maps(output.shape, Order, 3).to(Type, device))] : [comparison];

        IEnumerable<Comparison> Gradients(Tensor gradient)
        {
            autograd.backward([output], [gradient]);
            tape.Backward();
            var ofWeight = HasOwnGradient ? DepthwiseGradient.Of(map.detach(), gradient, (int)Stride) : weight.grad!;
            yield return new Comparison(
                OperationResult.InputGradient, BatchSum.Of(Observe(OperationResult.InputGradient, map.grad!)),
                reference.InputGradient(BatchSum.Of(gradient), exactWeight, Height, Width));
            yield return new Comparison(
                OperationResult.WeightGradient, GroupSum(Observe(OperationResult.WeightGradient, ofWeight).to(float64).cpu()).flatten(0, 1),
                ExpectedWeightGradient(reference, map.detach(), gradient));
            if (bias is not null)
            {
                yield return new Comparison(
                    OperationResult.BiasGradient, Observe(OperationResult.BiasGradient, bias.grad!).to(float64).cpu(), ChannelSum.Of(gradient));
            }
        }
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{(Groups > 1 ? "depthwise " : IsWinograd ? "Winograd " : "")}convolution of {In} to {Out} channels, kernel {Kernel}x{Kernel}, stride {Stride}, on {Maps(Batch, Width, Height, Order)}");

    /// <summary>The output channels of each group, weighted and added up: the gradient of the weight is linear in them.</summary>
    /// <param name="outputs">[out, ...].</param>
    /// <returns>[groups, ...].</returns>
    private Tensor GroupSum(Tensor outputs) => tensordot(
        outputs.reshape([Groups, Out / Groups, .. outputs.shape[1..]]), ProofNumbers.Factors(Out / Groups), [1], [0]);

    private Tensor ExpectedWeightGradient(ReferenceConvolution reference, Tensor map, Tensor gradient)
    {
        var sum = zeros([In, Kernel, Kernel], float64);
        for (var i = 0; i < Batch; i++)
        {
            using var scope = NewDisposeScope();
            sum.add_(reference.WeightGradient(map[i].to(float64).cpu(), GroupSum(gradient[i].to(float64).cpu()), Kernel));
        }

        return sum;
    }
}
