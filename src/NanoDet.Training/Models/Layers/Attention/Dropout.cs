using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Attention;

/// <summary>Sets a share of numbers to 0 in training, and enlarges the others so that the mean stays.</summary>
/// <param name="ratio">The share, from 0 to below 1.</param>
/// <param name="generator">Draws on the processor, so that every device drops the same.</param>
internal sealed class Dropout(double ratio, Generator generator)
{
    /// <summary>Any shape, unchanged.</summary>
    public Tensor Of(Tensor values)
    {
        if (ratio == 0)
        {
            return values;
        }

        var stays = empty(values.shape, ScalarType.Bool).bernoulli_(1 - ratio, generator);
        return values * stays.to(values.device) / (1 - ratio);
    }
}
