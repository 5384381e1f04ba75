using System.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Norms;

/// <summary>Batch normalisation and an activation of one batch of maps, forward and back.</summary>
/// <typeparam name="TMap">The numbers of the maps and of their gradients.</typeparam>
/// <typeparam name="TResult">The numbers of what comes out and of its gradients.</typeparam>
internal sealed class BatchNormKernel<TMap, TResult>
    where TMap : unmanaged, IMapNumber<TMap>
    where TResult : unmanaged, IMapNumber<TResult>
{
    private readonly Tensor _maps;
    private readonly bool _isPlanar;
    private readonly int _channels;
    private readonly ChannelPasses<TMap, TResult> _passes;
    private readonly float[] _origin;
    private readonly BatchStatistics _statistics;
    private readonly ChannelScales _scales;

    /// <summary>Works out the statistics, and moves the layer's running ones.</summary>
    /// <param name="maps">[B, C, H, W], planar or in the order of <see cref="ChannelsLast"/>; they must live as long as this.</param>
    /// <param name="norm">The layer.</param>
    /// <param name="slope">Factor on negative values.</param>
    public BatchNormKernel(Tensor maps, BatchNorm2d norm, float slope)
    {
        (_maps, _isPlanar, _channels) = (maps, maps.is_contiguous(), (int)maps.shape[1]);
        var pixels = (int)(maps.shape[2] * maps.shape[3]);
        _passes = _isPlanar ? new ChannelPlanes<TMap, TResult>(pixels) : new AdjacentChannels<TMap, TResult>(_channels);
        var batch = new BatchNumbers<TMap>(InOrder(_maps));
        _origin = Origin(batch[0], pixels);
        var (sums, squares) = Sum(batch, (picture, first, second) => _passes.Sum(batch[picture], _origin, first, second));
        _statistics = new BatchStatistics(sums, squares, _origin, (double)batch.Count * pixels, norm.eps);
        _scales = _statistics.Scales(MapPictures.Numbers<float>(norm.weight!), MapPictures.Numbers<float>(norm.bias!), slope);
        _statistics.Move(MapPictures.Numbers<float>(norm.running_mean!), MapPictures.Numbers<float>(norm.running_var!), norm.momentum!.Value);
        norm.num_batches_tracked!.add_(1);
    }

    /// <summary>Normalises and activates.</summary>
    /// <param name="result">Takes what comes out, in the order of the maps.</param>
    public void Forward(Tensor result)
    {
        var (batch, output) = (new BatchNumbers<TMap>(InOrder(_maps)), new BatchNumbers<TResult>(InOrder(result)));
        batch.ForEach(picture => _passes.Normalize(batch[picture], _scales, output[picture]));
    }

    /// <summary>Passes gradients back.</summary>
    /// <param name="gradient">Of what came out.</param>
    /// <returns>The gradients of the maps, weights and biases.</returns>
    public (Tensor OfMaps, double[] OfWeight, double[] OfBias) Backward(Tensor gradient)
    {
        var batch = new BatchNumbers<TMap>(InOrder(_maps));
        var gradients = new BatchNumbers<TResult>(_isPlanar ? gradient.contiguous() : InOrder(gradient).contiguous());
        var (sums, products) = Sum(batch, (picture, first, second) =>
            _passes.SumGradients(batch[picture], gradients[picture], _scales, _origin, first, second));
        var ofWeight = _statistics.OfWeight(sums, products);
        var (factor, offset) = _statistics.Share(sums, ofWeight, _scales);
        var result = empty_like(_maps);
        var output = new BatchNumbers<TMap>(InOrder(result));
        batch.ForEach(picture => _passes.PassBack(batch[picture], gradients[picture], _scales, factor, offset, output[picture]));
        return (result, ofWeight, sums);
    }

    private Tensor InOrder(Tensor maps) => _isPlanar ? maps.detach() : maps.detach().permute(0, 2, 3, 1);

    /// <summary>The first value of each channel: close to its mean, if its values lie far from zero.</summary>
    private float[] Origin(ReadOnlySpan<TMap> picture, int pixels)
    {
        var result = new float[_channels];
        Span<TMap> first = stackalloc TMap[Vector<float>.Count];
        for (var channel = 0; channel < result.Length; channel++)
        {
            first[0] = picture[_isPlanar ? channel * pixels : channel];
            result[channel] = TMap.Load(in first[0])[0];
        }

        return result;
    }

    /// <summary>Sums two things of each channel over the pictures.</summary>
    private (double[] First, double[] Second) Sum(BatchNumbers<TMap> batch, Action<int, double[], double[]> sum)
    {
        var (first, second) = (new double[batch.Count][], new double[batch.Count][]);
        batch.ForEach(picture => sum(picture, first[picture] = new double[_channels], second[picture] = new double[_channels]));
        return (MapPictures.Total(first), MapPictures.Total(second));
    }
}
