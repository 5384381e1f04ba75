using System.Runtime.InteropServices;
using NanoDet.Training.Assigners;
using NanoDet.Training.Models.Heads;
using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>Predictions as arrays for the assigners, without gradients.</summary>
internal static class PredictionArrays
{
    /// <summary>The class logits, [B, N, classes].</summary>
    public static float[] ClassLogits(Tensor predictions, DetectionHead head)
    {
        using var scope = NewDisposeScope();
        return Read(predictions[.., .., ..head.NumClasses]);
    }

    /// <summary>The predicted boxes, [B, N], not clipped.</summary>
    public static Box[] Boxes(Tensor predictions, DetectionHead head, ReadOnlySpan<Prior> priors)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var distances = Read(head.Integral.call(predictions[.., .., head.NumClasses..])); // [B N, 4], in strides
        var boxes = new Box[distances.Length / 4];
        for (var i = 0; i < boxes.Length; i++)
        {
            var prior = priors[i % priors.Length];
            var sides = distances.AsSpan(4 * i, 4);
            boxes[i] = new Box(
                prior.X - (sides[0] * prior.Stride), prior.Y - (sides[1] * prior.Stride),
                prior.X + (sides[2] * prior.Stride), prior.Y + (sides[3] * prior.Stride));
        }

        return boxes;
    }

    private static float[] Read(Tensor values) => MemoryMarshal.Cast<byte, float>(values.detach().cpu().contiguous().bytes).ToArray();
}
