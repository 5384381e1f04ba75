using NanoDet.Training.Schedules;
using static TorchSharp.torch;

namespace NanoDet.Training.Optimization;

/// <summary>
/// The exponential moving average of all parameters and buffers (the original's <c>ExpMovingAverager</c>), in a separate
/// module, so that it can be validated while the other is trained. Whole numbers, such as batch counts, are copied.
/// </summary>
/// <typeparam name="TModule">Kind of module.</typeparam>
public sealed class MovingAverage<TModule> : IDisposable
    where TModule : nn.Module
{
    private readonly double _decay;
    private readonly double _settling;
    private readonly FlatModule _flat;
    private readonly (Tensor Newest, Tensor Average)[] _pieces;
    private readonly Tensor _weight;

    /// <summary>Begins with the current weights.</summary>
    /// <param name="source">The module that is trained; the caller owns it.</param>
    /// <param name="average">A module of the same structure on the same device; gets the average, and is disposed with this object.</param>
    /// <param name="decay">The final share of the old value.</param>
    /// <param name="settling">The steps until the share is reached.</param>
    public MovingAverage(FlatModule source, TModule average, double decay, double settling)
    {
        (_decay, _settling) = (decay, settling);
        Module = average;
        _flat = source.Like(average);
        _pieces = [.. source.Pieces.Zip(_flat.Pieces, (newest, averaged) => (newest.Whole, averaged.Whole))];
        _weight = zeros([], device: _pieces[0].Average.device).DetachFromDisposeScope();
        using var scope = NewDisposeScope();
        foreach (var (newest, averaged) in _pieces)
        {
            averaged.copy_(newest);
        }
    }

    /// <summary>The module with the average as its weights.</summary>
    public TModule Module { get; }

    /// <summary>Adds the weights after a step to the average.</summary>
    /// <param name="step">The step, from 0, counted over all epochs.</param>
    public void Update(long step)
    {
        using var scope = NewDisposeScope();
        _weight.fill_((float)MovingAverageSchedule.NewWeight(_decay, _settling, step));
        foreach (var (newest, averaged) in _pieces)
        {
            if (averaged.is_floating_point())
            {
                // lerp does not change a value that equals the newest, so frozen weights stay exactly the same.
                averaged.lerp_(newest, _weight);
            }
            else
            {
                averaged.copy_(newest);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _weight.Dispose();
        _flat.Dispose();
        Module.Dispose();
    }
}
