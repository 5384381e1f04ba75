using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Loading;
using NanoDet.Training.Losses;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using static TorchSharp.torch;
using Optimizer = NanoDet.Training.Optimization.Optimizer;

namespace NanoDet.Training.Loop;

/// <summary>The part of a step that does not change weights: forward, backward, and gradient clipping.</summary>
/// <param name="network">The network.</param>
/// <param name="optimizer">The optimizer of the parameters.</param>
/// <param name="device">The device of the weights.</param>
/// <param name="gradientClip">The largest norm of all gradients together; 0 for no limit.</param>
internal sealed class GradientStep(DetectionNetwork network, Optimizer optimizer, Device device, double gradientClip)
{
    // PyTorch's, against a division by zero.
    private const double SmallestNorm = 1e-6;

    /// <summary>Computes the gradients of the parameters for a batch.</summary>
    /// <returns>The parts of its loss.</returns>
    /// <exception cref="NanoDetException">NDB4020: the loss or a gradient is not a finite number.</exception>
    public ImmutableArray<LossPart> Learn(TrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        optimizer.ClearGradients();
        using var loss = network.Loss(DeviceCopy.Of(batch.Input, device), [.. batch.Samples.Select(sample => sample.Objects)], batch.Position.Epoch);
        loss.Backward();
        var (parts, norm) = loss.ReadWith(optimizer.GradientNorm());
        RequireFinite("loss", parts.Sum(part => part.Value), batch);
        RequireFinite("gradient", norm, batch);
        if (gradientClip > 0 && gradientClip / (norm + SmallestNorm) is < 1 and var factor)
        {
            optimizer.ScaleGradients(factor);
        }

        return parts;
    }

    private static void RequireFinite(string what, double value, TrainingBatch batch)
    {
        if (!double.IsFinite(value))
        {
            throw new NanoDetException(TrainingDiagnostics.NotANumber(
                what, batch.Position.Epoch + 1, batch.Position.StepInEpoch + 1, [.. batch.Images.Select(image => image.Path)]));
        }
    }
}
