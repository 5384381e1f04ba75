using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Heads;

/// <summary>The head of the assign guidance module (<c>nanodet/model/head/simple_conv_head.py</c>).</summary>
/// <param name="configuration">Channels, strides and classes.</param>
public sealed class SimpleConvHead(SimpleConvHeadConfiguration configuration) : SharedConvHead(nameof(SimpleConvHead), configuration, hasIntegral: false)
{
    /// <summary>Predicts during training; the tape passes the gradients back.</summary>
    /// <param name="maps">[B, C, H(i), W(i)], each the start of a graph.</param>
    /// <param name="tape">Records the operations that libtorch does not differentiate.</param>
    /// <returns>[B, priors, <see cref="DetectionHead.OutputChannels"/>].</returns>
    internal Tensor Record(Tensor[] maps, GradientTape tape)
        => Rows(maps, (map, level) => Predict(map, level, (convolution, x) => convolution.Record(x, tape)));
}
