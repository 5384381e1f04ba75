using System.Collections.Immutable;
using NanoDet.Training.Models.Layers;
using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>The loss of one batch.</summary>
/// <param name="Total">The sum of the parts, a scalar; <see cref="Backward"/> starts from it.</param>
/// <param name="Names">The names of the parts, in the original's order.</param>
/// <param name="Values">The parts, without a graph, [n].</param>
public sealed record TrainingLoss(Tensor Total, ImmutableArray<string> Names, Tensor Values) : IDisposable
{
    /// <summary>The parts with their names; waits until the device has computed them.</summary>
    public ImmutableArray<LossPart> Parts => Name(Values);

    /// <summary>The operations outside libtorch's graph; null for none.</summary>
    internal GradientTape? Tape { get; init; }

    /// <summary>Adds the gradients to those of all parameters; call it once.</summary>
    public void Backward()
    {
        Total.backward();
        Tape?.Backward();
    }

    /// <summary>Reads the parts and one more number together, so that the device is waited for once.</summary>
    /// <param name="further">A scalar on the same device.</param>
    internal (ImmutableArray<LossPart> Parts, double Further) ReadWith(Tensor further)
    {
        using var scope = NewDisposeScope();
        var numbers = cat([Values, further.reshape(1)]).cpu();
        return (Name(numbers), numbers[^1].item<float>());
    }

    /// <summary>Keeps the tensors when the current scope ends.</summary>
    internal TrainingLoss MoveToOuterDisposeScope()
        => this with { Total = Total.MoveToOuterDisposeScope(), Values = Values.MoveToOuterDisposeScope() };

    /// <inheritdoc />
    public void Dispose()
    {
        Total.Dispose();
        Values.Dispose();
        Tape?.Dispose();
    }

    private ImmutableArray<LossPart> Name(Tensor values)
    {
        using var scope = NewDisposeScope();
        return [.. Names.Zip(values.cpu().data<float>(), (name, value) => new LossPart(name, value))];
    }
}
