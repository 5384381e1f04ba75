using NanoDet.Training.Models.Layers.Attention;
using NanoDet.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>Attention of the pixels of a picture to each other.</summary>
/// <param name="Batch">Pictures.</param>
/// <param name="Pixels">Pixels of a picture.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="HasGradients">Whether it runs backward too.</param>
internal sealed record AttentionOperation(long Batch, long Pixels, long Channels, int Heads, bool HasGradients) : Operation
{
    /// <inheritdoc />
    public override IReadOnlyList<Comparison> Compute(ProofNumbers numbers, Device device)
    {
        using var layer = new SelfAttention((int)Channels, Heads);
        using (no_grad())
        {
            layer.InputWeight.copy_(numbers.Take([3 * Channels, Channels], 1) * (1 / Math.Sqrt(Channels)));
            layer.InputBias.copy_(numbers.Take([3 * Channels], 2));
            layer.Output.weight.copy_(numbers.Take([Channels, Channels], 3) * (1 / Math.Sqrt(Channels)));
            layer.Output.bias!.zero_();
        }

        _ = layer.to(device);
        using var gradients = HasGradients ? enable_grad() : no_grad();
        var pixels = numbers.Take([Batch, Pixels, Channels], 0).to(Type, device).requires_grad_(HasGradients);
        Tensor output;
        using (Autocast.Begin(Precision, pixels.device_type))
        {
            output = layer.call(pixels);
        }

        var gradient = numbers.Take(output.shape, 4).to(output.dtype, device);
        if (HasGradients)
        {
            autograd.backward([output], [gradient]);
        }

        return [.. Compare(layer, pixels, output.detach(), gradient)];
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{InPrecision}attention of {Pixels} pixels in {Batch} pictures, {Channels} channels in {Heads} heads");

    private IEnumerable<Comparison> Compare(SelfAttention layer, Tensor pixels, Tensor output, Tensor gradient)
    {
        var weight = Exact(layer.InputWeight).requires_grad_(HasGradients);
        var (expected, inputGradient) = (zeros([Pixels, Channels], float64), zeros([Pixels, Channels], float64));
        using var factors = ProofNumbers.Factors(Batch);
        for (var i = 0; i < Batch; i++)
        {
            using var scope = NewDisposeScope();
            var picture = Exact(pixels[i]).requires_grad_(HasGradients);
            var exact = Exact(picture, weight, layer);
            expected.add_(exact.detach() * factors[i]);
            if (HasGradients)
            {
                autograd.backward([exact], [Exact(gradient[i])]);
                inputGradient.add_(picture.grad! * factors[i]);
            }
        }

        yield return new(OperationResult.Output, BatchSum.Of(Observe(OperationResult.Output, output)).t(), expected.t());
        if (HasGradients)
        {
            yield return new(OperationResult.InputGradient, BatchSum.Of(Observe(OperationResult.InputGradient, pixels.grad!)).t(), inputGradient.t());
            yield return new(OperationResult.WeightGradient, Exact(Observe(OperationResult.WeightGradient, layer.InputWeight.grad!)), weight.grad!);
        }
    }

    /// <summary>By its definition, head by head: [pixels, channels] to the same.</summary>
    private Tensor Exact(Tensor picture, Tensor weight, SelfAttention layer)
    {
        var width = Channels / Heads;
        var inner = picture.matmul(weight.t()) + Exact(layer.InputBias);
        var mixed = Enumerable.Range(0, Heads).Select(head =>
        {
            Tensor Part(int part) => inner.narrow(1, (part * Channels) + (head * width), width);
            var scores = Part(0).matmul(Part(1).t()) / Math.Sqrt(width);
            var powers = (scores - scores.detach().amax([1], keepdim: true)).exp();
            return (powers / powers.sum(1, keepdim: true)).matmul(Part(2));
        });
        return cat([.. mixed], 1).matmul(Exact(layer.Output.weight).t());
    }

    private static Tensor Exact(Tensor values) => values.detach().to(float64).cpu();
}
