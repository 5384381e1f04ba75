using System.Collections.Immutable;

namespace NanoDet.Training.Export;

// The operators of the networks, each with the shape of its output.
internal sealed partial class OnnxGraph
{
    /// <summary>Convolves with the given weights.</summary>
    /// <param name="name">The name of the result.</param>
    /// <param name="x">The input.</param>
    /// <param name="convolution">The weights, for channels in the network's order.</param>
    /// <param name="outputs">The order of the result's channels; null for the network's, or the input's if the convolution is depthwise.</param>
    /// <param name="layer">The name of a layer that several maps go through, whose weights are written once; null for the result's.</param>
    public Value Convolve(string name, Value x, FoldedConvolution convolution, IReadOnlyList<int>? outputs = null, string? layer = null)
    {
        Convolutions.Add((name, convolution));
        outputs = convolution.IsDepthwise ? x.Order : outputs;
        if ((x.Order ?? outputs) is not null)
        {
            convolution = convolution.Arrange(
                outputs ?? [.. Enumerable.Range(0, convolution.Bias.Length)], x.Order ?? [.. Enumerable.Range(0, (int)convolution.Shape[1])]);
        }

        var (kernel, stride, padding) = (convolution.KernelSize, convolution.Stride, convolution.Padding);
        var (weight, bias) = ($"{layer ?? name}.weight", $"{layer ?? name}.bias");
        if (layer is null || !Has(weight))
        {
            Constant(weight, [.. convolution.Shape], convolution.Weight);
            Constant(bias, [convolution.Bias.Length], convolution.Bias);
        }

        Node(
            "Conv", name, [x.Name, weight, bias],
            Numbers("dilations", 1, 1), Number("group", convolution.Groups), Numbers("kernel_shape", kernel, kernel),
            Numbers("pads", padding, padding, padding, padding), Numbers("strides", stride, stride));
        return new Value(name, convolution.Bias.Length, Shrink(x.Height, kernel, stride, padding), Shrink(x.Width, kernel, stride, padding), outputs);
    }

    /// <summary>Max pooling.</summary>
    public Value MaxPool(string name, Value x, long kernel, long stride, long padding)
    {
        Node(
            "MaxPool", name, [x.Name],
            Number("ceil_mode", 0), Numbers("kernel_shape", kernel, kernel),
            Numbers("pads", padding, padding, padding, padding), Numbers("strides", stride, stride));
        return x with { Name = name, Height = Shrink(x.Height, kernel, stride, padding), Width = Shrink(x.Width, kernel, stride, padding) };
    }

    /// <summary>Applies an element-wise operator.</summary>
    public Value Map(string operation, string name, Value x, params ReadOnlySpan<(string Name, float Value)> settings)
    {
        var attributes = ImmutableArray.CreateBuilder<Schema.AttributeProto>();
        foreach (var (setting, value) in settings)
        {
            attributes.Add(Number(setting, value));
        }

        Node(operation, name, [x.Name], attributes.ToImmutable().AsSpan());
        return x with { Name = name };
    }

    /// <summary>Applies an operator to a value and a constant.</summary>
    public Value Map(string operation, string name, Value x, ReadOnlySpan<long> shape, ReadOnlySpan<float> constant)
    {
        Node(operation, name, [x.Name, Constant($"{name}.constant", shape, constant)]);
        return x with { Name = name };
    }

    /// <summary>Applies an operator to two values with the same shape.</summary>
    public Value Combine(string operation, string name, Value a, Value b)
    {
        Node(operation, name, [a.Name, b.Name]);
        return a with { Name = name };
    }

    /// <summary>Concatenates channels.</summary>
    public Value ConcatenateChannels(string name, Value a, Value b)
    {
        Node("Concat", name, [a.Name, b.Name], Number("axis", 1));
        return a with { Name = name, Channels = a.Channels + b.Channels };
    }

    /// <summary>Splits off the first channels.</summary>
    public (Value First, Value Second) SplitChannels(string name, Value x, long first)
    {
        var names = Node("Split", name, [x.Name], [$"{name}.first", $"{name}.second"], Number("axis", 1), Numbers("split", first, x.Channels - first));
        return (x with { Name = names[0], Channels = first }, x with { Name = names[1], Channels = x.Channels - first });
    }

    /// <summary>Concatenates channels whose places are known.</summary>
    public Value ConcatenateOrdered(string name, IReadOnlyList<Value> parts)
    {
        Concatenate(name, [.. parts.Select(part => part.Name)], 1);
        return parts[0] with { Name = name, Channels = parts.Sum(part => part.Channels), Order = [.. parts.SelectMany(part => part.Order!)] };
    }

    /// <summary>Splits channels into parts with the given orders.</summary>
    public Value[] SplitOrdered(string name, Value x, IReadOnlyList<int[]> orders)
    {
        if (orders is [var only])
        {
            return [x with { Order = only }];
        }

        var names = Node(
            "Split", name, [x.Name], [.. orders.Select((_, i) => $"{name}.{i}")],
            Number("axis", 1), Numbers("split", [.. orders.Select(order => (long)order.Length)]));
        return [.. orders.Select((order, i) => x with { Name = names[i], Channels = order.Length, Order = order })];
    }

    /// <summary>
    /// Interleaves the channels of the two halves, with three nodes as in the original's exports, because other runtimes recognise the pattern.
    /// </summary>
    public Value ShuffleHalves(string name, Value x)
    {
        var halves = Reshape($"{name}.halves", x.Name, Batch, 2, x.Channels / 2, x.Height, x.Width);
        var turns = Transpose($"{name}.turns", halves, 0, 2, 1, 3, 4);
        return x with { Name = Reshape(name, turns, Batch, x.Channels, x.Height, x.Width) };
    }

    /// <summary>Bilinear interpolation between pixel centres, as in PyTorch without <c>align_corners</c>.</summary>
    public Value Resize(string name, Value x, double factor)
    {
        var region = Constant($"{name}.region", [0], []);
        var scales = Constant($"{name}.scales", [4], [1, 1, (float)factor, (float)factor]);
        Node(
            "Resize", name, [x.Name, region, scales],
            Text("coordinate_transformation_mode", "half_pixel"), Text("mode", "linear"), Text("nearest_mode", "floor"));
        return x with { Name = name, Height = (long)(x.Height * factor), Width = (long)(x.Width * factor) };
    }

    /// <summary>Reshapes a tensor.</summary>
    public string Reshape(string name, string x, params ReadOnlySpan<long> shape) => Node("Reshape", name, [x, Constant($"{name}.shape", shape)]);

    /// <summary>Reorders the dimensions.</summary>
    public string Transpose(string name, string x, params ReadOnlySpan<long> order) => Node("Transpose", name, [x], Numbers("perm", order));

    /// <summary>Concatenates tensors.</summary>
    public string Concatenate(string name, ReadOnlySpan<string> parts, int axis) => Node("Concat", name, parts, Number("axis", axis));

    private static long Shrink(long side, long kernel, long stride, long padding) => (side + 2 * padding - kernel) / stride + 1;
}
