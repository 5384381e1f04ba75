using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>The product of all pixels of a map with a matrix, which is what predicts classes and distances.</summary>
/// <param name="Batch">Pictures.</param>
/// <param name="Pixels">Pixels of a picture.</param>
/// <param name="In">Channels in.</param>
/// <param name="Out">Channels out.</param>
/// <param name="HasGradients">Whether it runs backward too.</param>
internal sealed record MatrixProductOperation(long Batch, long Pixels, long In, long Out, bool HasGradients) : Operation
{
    /// <inheritdoc />
    public override IReadOnlyList<Comparison> Compute(ProofNumbers numbers, Device device)
    {
        var pixels = numbers.Take([Batch, Pixels, In], 0).to(Type, device).requires_grad_(HasGradients);
        var weight = (numbers.Take([Out, In], 1) * (1 / Math.Sqrt(In))).to(Type, device).requires_grad_(HasGradients);
        var bias = numbers.Take([Out], 2).to(Type, device);
        var output = nn.functional.linear(pixels, weight, bias);
        var exactWeight = weight.detach().to(float64).cpu();
        var expected = BatchSum.Of(pixels.detach()).matmul(exactWeight.t()) + (bias.to(float64).cpu() * ProofNumbers.Factors(Batch).sum());
        var comparison = new Comparison(OperationResult.Output, BatchSum.Of(Observe(OperationResult.Output, output.detach())).t(), expected.t());
        return HasGradients ? [comparison, .. Gradients(numbers.Take(output.shape, 3).to(Type, device))] : [comparison];

        IEnumerable<Comparison> Gradients(Tensor gradient)
        {
            var gradients = autograd.grad([output], [pixels, weight], [gradient]);
            yield return new Comparison(
                OperationResult.InputGradient, BatchSum.Of(Observe(OperationResult.InputGradient, gradients[0])).t(),
                BatchSum.Of(gradient).matmul(exactWeight).t());
            var sum = zeros([Out, In], float64);
            for (var i = 0; i < Batch; i++)
            {
                using var scope = NewDisposeScope();
                sum.add_(gradient[i].to(float64).cpu().t().matmul(pixels.detach()[i].to(float64).cpu()));
            }

            yield return new Comparison(OperationResult.WeightGradient, Observe(OperationResult.WeightGradient, gradients[1]).to(float64).cpu(), sum);
        }
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{InPrecision}matrix product of {Pixels} pixels in {Batch} pictures, {In} to {Out} channels");
}
