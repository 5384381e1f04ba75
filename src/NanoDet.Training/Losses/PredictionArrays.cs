using System.Runtime.InteropServices;
using NanoDet.Training.Assigners;
using NanoDet.Training.Models.Heads;
using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>Predictions as arrays for the assigners, without gradients. Reading waits until the device has computed them.</summary>
internal static class PredictionArrays
{
    /// <summary>The class logits, [B, N, classes], and the predicted boxes, [B, N], not clipped; with one read.</summary>
    public static (float[] Logits, Box[] Boxes) LogitsAndBoxes(Tensor predictions, DetectionHead head, ReadOnlySpan<Prior> priors)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var logits = predictions[.., .., ..head.NumClasses].flatten();
        var numbers = Read(cat([logits, Distances(predictions, head)]));
        return (numbers[..(int)logits.numel()], Boxes(numbers.AsSpan((int)logits.numel()), priors));
    }

    /// <summary>The predicted boxes, [B, N], not clipped.</summary>
    public static Box[] Boxes(Tensor predictions, DetectionHead head, ReadOnlySpan<Prior> priors)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return Boxes(Read(Distances(predictions, head)), priors);
    }

    /// <summary>[B N 4], in strides.</summary>
    private static Tensor Distances(Tensor predictions, DetectionHead head) => head.Integral.call(predictions[.., .., head.NumClasses..]).flatten();

    private static Box[] Boxes(ReadOnlySpan<float> distances, ReadOnlySpan<Prior> priors)
    {
        var boxes = new Box[distances.Length / 4];
        for (var i = 0; i < boxes.Length; i++)
        {
            var prior = priors[i % priors.Length];
            var sides = distances.Slice(4 * i, 4);
            boxes[i] = new Box(
                prior.X - (sides[0] * prior.Stride), prior.Y - (sides[1] * prior.Stride),
                prior.X + (sides[2] * prior.Stride), prior.Y + (sides[3] * prior.Stride));
        }

        return boxes;
    }

    private static float[] Read(Tensor values) => MemoryMarshal.Cast<byte, float>(values.detach().cpu().contiguous().bytes).ToArray();
}
