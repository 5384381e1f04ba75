using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Training.Models.Heads;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Attention;
using NanoDet.Training.Models.Layers.Depthwise;
using NanoDet.Training.Models.Layers.Norms;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>
/// Finds the operations of a network by running a copy of it once, on two pictures of noise: each layer reports the maps that it
/// is given. The operations then get the batch that they will really run with.
/// </summary>
internal sealed class OperationRecorder
{
    private const int RecordedBatch = 2; // batch normalisation of a map of one pixel needs two

    private readonly HashSet<Operation> _operations = [];
    private readonly long _batch;
    private readonly bool _hasGradients;

    private OperationRecorder(long batch, bool hasGradients) => (_batch, _hasGradients) = (batch, hasGradients);

    /// <summary>What a step of a training runs.</summary>
    /// <param name="configuration">The network.</param>
    /// <param name="input">The size of its input.</param>
    /// <param name="batch">Pictures of a step.</param>
    /// <param name="precision">What it computes in.</param>
    public static ImmutableArray<Operation> OfTraining(ModelConfiguration configuration, InputSize input, int batch, TrainingPrecision precision)
        => Record(configuration, input, new OperationRecorder(batch, hasGradients: true), (network, pictures) =>
        {
            network.Precision = precision;
            network.train();
            ImmutableArray<DatasetObject>[] nothing = [.. Enumerable.Repeat(ImmutableArray<DatasetObject>.Empty, RecordedBatch)];
            network.Loss(pictures, nothing, epoch: 0).Dispose();
        });

    /// <summary>What the network runs that only detects.</summary>
    /// <param name="configuration">The network.</param>
    /// <param name="input">The size of its input.</param>
    /// <param name="batch">Pictures that are detected on at once.</param>
    public static ImmutableArray<Operation> OfDetection(ModelConfiguration configuration, InputSize input, int batch)
        => Record(configuration, input, new OperationRecorder(batch, hasGradients: false), (network, pictures) =>
        {
            using var inference = no_grad();
            network.eval();
            network.call(pictures).Dispose();
        });

    private static ImmutableArray<Operation> Record(
        ModelConfiguration configuration, InputSize input, OperationRecorder recorder, Action<DetectionNetwork, Tensor> run)
    {
        // Before finalizers are held back: where TorchSharp gets no memory for new numbers, it waits for them.
        using var pictures = randn(RecordedBatch, 3, input.Height, input.Width);
        using var pause = new FinalizerPause();
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(configuration, seed: 0);
        foreach (var module in network.modules())
        {
            recorder.Listen(module);
        }

        BatchNormActivation.Recorded = (maps, result) => recorder.AddBatchNorm(maps, result, isOurs: true);
        try
        {
            run(network, pictures);
        }
        finally
        {
            BatchNormActivation.Recorded = null;
        }

        return [.. recorder._operations];
    }

    private void Listen(nn.Module module)
    {
        switch (module)
        {
            case Conv2d convolution:
                // A depthwise one computes in the precision of what it is given; what comes out may be rounded.
                convolution.register_forward_hook((_, map, output) =>
                {
                    Add(convolution.groups > 1 ? map : output, Convolution(convolution, map));
                    return output;
                });
                break;
            case AttentionEncoder encoder:
                encoder.AttentionNorm.register_forward_hook((_, _, map) => Add(
                    map, new AttentionOperation(_batch, map.shape[1], map.shape[2], encoder.Attention.Heads, _hasGradients)));
                break;
            case Linear matrix:
                matrix.register_forward_hook((_, map, output) => Add(
                    output, new MatrixProductOperation(_batch, map.shape[1], matrix.in_features, matrix.out_features, _hasGradients)));
                break;
            case LayerNorm norm:
                norm.register_forward_pre_hook((_, map) => Add(map, new LayerNormOperation(_batch, map.numel() / map.shape[0] / map.shape[^1], map.shape[^1], _hasGradients)));
                break;
            case ChannelNorm norm:
                norm.register_forward_pre_hook((_, map) => Add(map, new LayerNormOperation(_batch, map.shape[2] * map.shape[3], map.shape[1], _hasGradients)));
                break;
            case BatchNorm2d norm when _hasGradients:
                norm.register_forward_hook((_, map, output) =>
                {
                    AddBatchNorm(map, output, isOurs: false);
                    return output;
                });
                break;
            case Upsample upsample when _hasGradients:
                upsample.register_forward_hook((_, map, output) => Add(
                    output, new InterpolationOperation(_batch, map.shape[1], map.shape[2], map.shape[3], upsample.scale_factor[0], Order(map))));
                break;
            case ConvModule { Norm: GroupNorm groups, Activation: LeakyReLU or ReLU } layers when _hasGradients:
                var slope = layers.Activation is LeakyReLU leaky ? leaky.negative_slope : 0;
                Tensor AddNorm(Tensor map) => Add(
                    map, new GroupNormOperation(_batch, map.shape[1], map.shape[2], map.shape[3], groups.num_groups, slope, Order(map)));
                layers.Convolution.register_forward_hook((_, _, map) => AddNorm(map));
                layers.Convolved = (map, output) =>
                {
                    Add(output, Convolution(layers.Convolution, map) with { IsWinograd = true });
                    AddNorm(output);
                };
                break;
            case NanoDetPlusHead head:
                foreach (var (layers, prediction) in head.ClsConvs.Zip(head.GflCls))
                {
                    layers[^1].register_forward_hook((_, _, map) => Add(map, new MatrixProductOperation(
                        _batch, map.shape[2] * map.shape[3], prediction.in_channels, prediction.out_channels, _hasGradients)));
                }

                break;
        }
    }

    /// <summary>Adds an operation that computes in the precision of a map.</summary>
    private Tensor Add(Tensor map, Operation operation)
    {
        _operations.Add(operation with { Precision = Precision(map) });
        return map;
    }

    private static TrainingPrecision Precision(Tensor map) => map.dtype == ScalarType.BFloat16 ? TrainingPrecision.BFloat16 : TrainingPrecision.Single;

    private void AddBatchNorm(Tensor map, Tensor output, bool isOurs) => Add(
        map, new BatchNormOperation(_batch, map.shape[1], map.shape[2], map.shape[3], Order(map)) { ResultPrecision = Precision(output), IsOurs = isOurs });

    private ConvolutionOperation Convolution(Conv2d convolution, Tensor map) => new(
        _batch, convolution.in_channels, convolution.out_channels, map.shape[2], map.shape[3], convolution.weight.shape[2],
        convolution.stride[0], convolution.padding is [var padding, ..] ? padding : 0, convolution.groups, convolution.bias is not null,
        Order(map), _hasGradients)
    {
        HasOwnGradient = _hasGradients && DepthwiseGradient.Serves(convolution, map),
    };

    // A map of one channel, or of one pixel, lies both ways at once; libtorch takes it for planar.
    private static MemoryOrder Order(Tensor map) => map.stride(1) == 1 && map.shape[1] > 1 && !map.is_contiguous()
        ? MemoryOrder.ChannelsLast
        : MemoryOrder.Planar;
}
