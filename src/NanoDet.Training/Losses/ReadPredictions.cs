using System.Runtime.InteropServices;
using NanoDet.Training.Assigners;
using NanoDet.Training.Models.Heads;
using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>
/// Predictions in the processor's memory for the assigners, without gradients; read at once, which waits until the device has computed
/// them. The memory is libtorch's: as arrays they would be large objects of every step.
/// </summary>
internal sealed class ReadPredictions : IDisposable
{
    private readonly Tensor _numbers;
    private readonly Prior[] _priors;
    private readonly Box[] _boxes;
    private readonly int _classes;
    private readonly int _logits;

    /// <summary>Reads them.</summary>
    /// <param name="predictions">[B, N, columns].</param>
    /// <param name="head">The head that made them.</param>
    /// <param name="priors">N.</param>
    /// <param name="withLogits">Whether the logits of the classes are read too.</param>
    public ReadPredictions(Tensor predictions, DetectionHead head, Prior[] priors, bool withLogits)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        (_priors, _boxes, _classes) = (priors, new Box[priors.Length], head.NumClasses);
        var distances = head.Integral.call(predictions[.., .., head.NumClasses..]).flatten(); // [B N 4], in strides
        var logits = withLogits ? predictions[.., .., ..head.NumClasses].flatten() : null;
        _logits = (int)(logits?.numel() ?? 0);
        _numbers = (logits is null ? distances : cat([logits, distances])).detach().cpu().contiguous().DetachFromDisposeScope();
    }

    /// <summary>The class logits of an image, [N, classes].</summary>
    public ReadOnlySpan<float> Logits(int image) => Numbers.Slice(image * _priors.Length * _classes, _priors.Length * _classes);

    /// <summary>The predicted boxes of an image, [N], not clipped; valid until those of another are asked for.</summary>
    public ReadOnlySpan<Box> Boxes(int image)
    {
        var distances = Numbers.Slice(_logits + (image * _priors.Length * 4), _priors.Length * 4);
        for (var i = 0; i < _boxes.Length; i++)
        {
            var prior = _priors[i];
            var sides = distances.Slice(4 * i, 4);
            _boxes[i] = new Box(
                prior.X - (sides[0] * prior.Stride), prior.Y - (sides[1] * prior.Stride),
                prior.X + (sides[2] * prior.Stride), prior.Y + (sides[3] * prior.Stride));
        }

        return _boxes;
    }

    /// <inheritdoc />
    public void Dispose() => _numbers.Dispose();

    private ReadOnlySpan<float> Numbers => MemoryMarshal.Cast<byte, float>(_numbers.bytes);
}
