using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>Layer normalisation of the channels of each pixel.</summary>
/// <param name="Batch">Pictures.</param>
/// <param name="Pixels">Pixels of a picture.</param>
/// <param name="Channels">Channels.</param>
/// <param name="HasGradients">Whether it runs backward too.</param>
internal sealed record LayerNormOperation(long Batch, long Pixels, long Channels, bool HasGradients) : Operation
{
    private const double Epsilon = 1e-5;

    /// <inheritdoc />
    public override IReadOnlyList<Comparison> Compute(ProofNumbers numbers, Device device)
    {
        var pixels = numbers.Take([Batch, Pixels, Channels], 0).to(Type, device).requires_grad_(HasGradients);
        var weight = (numbers.Take([Channels], 1) * 0.2).add_(1).to(device).requires_grad_(HasGradients);
        var bias = numbers.Take([Channels], 2).to(device).requires_grad_(HasGradients);
        Tensor output;
        using (Autocast.Begin(Precision, pixels.device_type))
        {
            output = nn.functional.layer_norm(pixels, [Channels], weight, bias, Epsilon);
        }

        // The same by its definition.
        var (exactWeight, exactBias) = (Exact(weight), Exact(bias));
        var (expected, normals, scales) = (zeros([Pixels, Channels], float64), new List<Tensor>(), new List<Tensor>());
        using var factors = ProofNumbers.Factors(Batch);
        for (var i = 0; i < Batch; i++)
        {
            var centred = Exact(pixels[i]);
            centred -= centred.mean([-1], keepdim: true);
            scales.Add((centred.square().mean([-1], keepdim: true) + Epsilon).rsqrt());
            normals.Add(centred * scales[i]);
            expected.add_(((normals[i] * exactWeight) + exactBias) * factors[i]);
        }

        var comparison = new Comparison(OperationResult.Output, BatchSum.Of(Observe(OperationResult.Output, output.detach())).t(), expected.t());
        return HasGradients ? [comparison, .. Gradients(numbers.Take(output.shape, 3).to(output.dtype, device))] : [comparison];

        IEnumerable<Comparison> Gradients(Tensor gradient)
        {
            var gradients = autograd.grad([output], [pixels, weight, bias], [gradient]);
            var (input, ofWeight, ofBias) = (zeros([Pixels, Channels], float64), zeros([Channels], float64), zeros([Channels], float64));
            for (var i = 0; i < Batch; i++)
            {
                var (given, normal) = (Exact(gradient[i]), normals[i]);
                ofBias.add_(given.sum([0]));
                ofWeight.add_((given * normal).sum([0]));
                given *= exactWeight;
                var direct = given - given.mean([-1], keepdim: true) - (normal * (given * normal).mean([-1], keepdim: true));
                input.add_(direct * scales[i] * factors[i]);
            }

            yield return new(OperationResult.InputGradient, BatchSum.Of(Observe(OperationResult.InputGradient, gradients[0])).t(), input.t());
            yield return new(OperationResult.WeightGradient, Exact(Observe(OperationResult.WeightGradient, gradients[1])), ofWeight);
            yield return new(OperationResult.BiasGradient, Exact(Observe(OperationResult.BiasGradient, gradients[2])), ofBias);
        }
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{InPrecision}layer normalisation of {Channels} channels of {Pixels} pixels in {Batch} pictures");

    private static Tensor Exact(Tensor values) => values.detach().to(float64).cpu();
}
