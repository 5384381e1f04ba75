using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>The targets of P assigned priors as tensors on the device of the predictions; two copies bring all of them there.</summary>
internal sealed class TargetTensors
{
    private const int Columns = 13;

    private readonly Tensor _labels;
    private readonly Tensor _scores;
    private readonly Tensor? _ignored;

    /// <summary>Copies the targets.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="device">The device.</param>
    public TargetTensors(TrainingTargets targets, Device device)
    {
        Count = targets.Count;
        var numbers = new float[Count * Columns];
        for (var i = 0; i < Count; i++)
        {
            var (box, prior, stride) = (targets.Boxes[i], targets.Priors[i], targets.Priors[i].Stride);
            ReadOnlySpan<float> row =
            [
                box.Left, box.Top, box.Right, box.Bottom, prior.X, prior.Y, prior.X, prior.Y, -stride, -stride, stride, stride, targets.Scores[i],
            ];
            row.CopyTo(numbers.AsSpan(i * Columns));
        }

        var rows = DeviceCopy.Of(tensor(targets.Rows.Concat(targets.Labels.Select(label => (long)label)).ToArray(), 2, Count), device);
        var columns = DeviceCopy.Of(tensor(numbers, Count, Columns), device);
        (Rows, _labels) = (rows[0], rows[1]);
        (Boxes, Centres, Strides, _scores) = (columns[.., ..4], columns[.., 4..8], columns[.., 8..12], columns[.., 12]);
        _ignored = targets.Ignored.Count > 0 ? DeviceCopy.Of(tensor(targets.Ignored.ToArray()), device) : null;
    }

    /// <summary>P.</summary>
    public int Count { get; }

    /// <summary>Rows of the priors in predictions [B N, columns]; [P].</summary>
    public Tensor Rows { get; }

    /// <summary>Boxes of their objects, [P, 4]: left, top, right, bottom.</summary>
    public Tensor Boxes { get; }

    /// <summary>Their places, [P, 4]: x, y, x, y.</summary>
    public Tensor Centres { get; }

    /// <summary>Their strides, [P, 4], with the signs of the distances to left, top, right and bottom.</summary>
    public Tensor Strides { get; }

    /// <summary>Returns the factor of each row in the class loss, [rows, 1]: 0 for those of which nothing is learnt; null if all are 1.</summary>
    public Tensor? FactorsOf(long rows)
    {
        using var scope = NewDisposeScope();
        return _ignored is null ? null : ones(rows, device: _ignored.device).index_fill_(0, _ignored, 0).unsqueeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>Returns the target qualities of all class scores, [rows, classes]: 0 but for the classes of the objects.</summary>
    public Tensor ScoresOf(long rows, int classes)
    {
        using var scope = NewDisposeScope();

        // A prior has one object, so no number is written twice, and the order of writing does not matter.
        return zeros(rows * classes, device: _scores.device).index_copy_(0, (Rows * classes) + _labels, _scores).reshape(rows, classes).MoveToOuterDisposeScope();
    }
}
