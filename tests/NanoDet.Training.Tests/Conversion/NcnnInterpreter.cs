using System.Globalization;
using NanoDet.Training.Weights.Deployed;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Conversion;

/// <summary>
/// Runs a model for ncnn, layer by layer as ncnn's documentation of its layers says, on values without a batch dimension: what a
/// phone would compute. A value is taken once.
/// </summary>
internal static class NcnnInterpreter
{
    public static float[] Run(string param, byte[] bin, Tensor picture)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var (values, weights) = (new Dictionary<string, Tensor>(StringComparer.Ordinal), new NcnnWeightReader(bin));
        var lines = param.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var layers = lines[2..].Select(NcnnLayer.Parse).ToList();
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"{layers.Count} {layers.Sum(layer => layer.Outputs.Length)}"), lines[1]);
        foreach (var layer in layers)
        {
            var inputs = layer.Inputs.Select(name => values.Remove(name, out var value) ? value : throw new InvalidOperationException($"{name} is taken twice or not made")).ToArray();
            var outputs = layer.Type switch
            {
                "Input" => [picture],
                "MemoryData" => [tensor(weights.Plain(layer.Number(0) * layer.Number(1)), [layer.Number(1), layer.Number(0)])],
                _ => Run(layer, inputs, weights),
            };
            foreach (var (name, output) in layer.Outputs.Zip(outputs))
            {
                values.Add(name, output);
            }
        }

        Assert.True(weights.IsAtEnd);
        return Assert.Single(values).Value.contiguous().data<float>().ToArray();
    }

    private static Tensor[] Run(NcnnLayer layer, Tensor[] inputs, NcnnWeightReader weights)
    {
        var x = inputs[0];
        switch (layer.Type)
        {
            case "Convolution" or "ConvolutionDepthWise":
                var (outputs, kernel, groups) = (layer.Number(0), layer.Number(1), layer.Number(7, 1));
                var kernels = tensor(weights.Tagged(layer.Number(6))!, [outputs, layer.Number(6) / (outputs * kernel * kernel), kernel, kernel]);
                var bias = layer.Number(5) == 1 ? tensor(weights.Plain(outputs)) : null;
                return [nn.functional.conv2d(x.unsqueeze(0), kernels, bias, [layer.Number(3, 1), layer.Number(3, 1)], [layer.Number(4), layer.Number(4)], groups: groups).squeeze(0)];
            case "Pooling":
                Assert.Equal((0, 1), (layer.Number(0), layer.Number(5)));
                return [nn.functional.max_pool2d(x.unsqueeze(0), [layer.Number(1), layer.Number(1)], [layer.Number(2), layer.Number(2)], [layer.Number(3), layer.Number(3)]).squeeze(0)];
            case "ReLU":
                return [nn.functional.leaky_relu(x, Real(layer, 0))];
            case "Clip":
                return [x.clamp(Real(layer, 0), Real(layer, 1))];
            case "Sigmoid":
                return [x.sigmoid()];
            case "HardSigmoid":
                return [(x * Real(layer, 0)).add(Real(layer, 1)).clamp(0, 1)];
            case "ShuffleChannel":
                return [x.reshape(layer.Number(0), x.shape[0] / layer.Number(0), x.shape[1], x.shape[2]).transpose(0, 1).reshape(x.shape)];
            case "Split":
                return [.. layer.Outputs.Select(_ => x)];
            case "Slice":
                var sizes = layer.Settings[-23300].Split(',').Select(long.Parse).ToArray();
                Assert.Equal((sizes.Length - 1, x.shape[0]), ((int)sizes[0], sizes[1..].Sum()));
                return x.split(sizes[1..], layer.Number(1));
            case "Concat":
                return [cat(inputs, layer.Number(0))];
            case "BinaryOp":
                var other = layer.Number(1) == 1 ? tensor(Real(layer, 2)) : inputs[1];
                return [layer.Number(0) == 0 ? x + other : layer.Number(0) == 2 ? x * other : throw new NotSupportedException()];
            case "Interp":
                Assert.Equal((2, 0), (layer.Number(0), layer.Number(6)));
                return [nn.functional.interpolate(x.unsqueeze(0), scale_factor: [Real(layer, 1), Real(layer, 2)], mode: InterpolationMode.Bilinear, align_corners: false).squeeze(0)];
            case "Reshape":
                // Width, height and channels.
                return [layer.Settings.ContainsKey(2) ? x.reshape(layer.Number(2), layer.Number(1), layer.Number(0)) : x.reshape(layer.Number(1), layer.Number(0))];
            case "Permute":
                // ncnn's table names width, height and channels: WCH, CWH, HCW.
                Assert.Equal(layer.Number(0) == 1 ? 2 : 3, x.dim());
                return [layer.Number(0) switch { 1 => x.transpose(0, 1), 2 => x.permute(1, 0, 2), 3 => x.permute(1, 2, 0), 4 => x.permute(2, 0, 1), _ => throw new NotSupportedException() }];
            case "GELU":
                Assert.Equal(0, layer.Number(0));
                return [nn.functional.gelu(x)];
            case "PReLU":
                return [nn.functional.prelu(x.unsqueeze(0), tensor(weights.Plain(layer.Number(0)))).squeeze(0)];
            case "LayerNorm":
                // Each row, if there are as many factors as a row has numbers.
                Assert.Equal((x.shape[^1], 1), (layer.Number(0), layer.Number(2)));
                return [nn.functional.layer_norm(x, [layer.Number(0)], tensor(weights.Plain(layer.Number(0))), tensor(weights.Plain(layer.Number(0))), Real(layer, 1))];
            case "GroupNorm":
                Assert.Equal((x.shape[0], 1), (layer.Number(1), layer.Number(3)));
                return [nn.functional.group_norm(x.unsqueeze(0), layer.Number(0), tensor(weights.Plain(layer.Number(1))), tensor(weights.Plain(layer.Number(1))), Real(layer, 2)).squeeze(0)];
            case "InnerProduct":
                // Each row of a map of rows is a product of its own.
                Assert.Equal((2, 1), ((int)x.dim(), layer.Number(1)));
                var matrix = tensor(weights.Tagged(layer.Number(2))!, [layer.Number(0), layer.Number(2) / layer.Number(0)]);
                return [nn.functional.linear(x, matrix, tensor(weights.Plain(layer.Number(0))))];
            case "MatMul":
                Assert.Equal(0, layer.Number(0));
                return [x.matmul(inputs[1])];
            case "Softmax":
                Assert.Equal(1, layer.Number(1));
                return [x.softmax(layer.Number(0))];
            default:
                throw new NotSupportedException(layer.Type);
        }
    }

    private static float Real(NcnnLayer layer, int key) => layer.Settings.TryGetValue(key, out var text) ? float.Parse(text, CultureInfo.InvariantCulture) : 0;
}
