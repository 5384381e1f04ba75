using System.Collections.Immutable;
using System.Globalization;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>What the layers of a model for ncnn compute that have no weights. A value of ncnn has no batch dimension, so its axes count from the second one.</summary>
/// <param name="builder">Takes it.</param>
internal sealed class NcnnOperations(DeployedNetworkBuilder builder)
{
    private const long Linear = 2;
    private const string Number = "number";

    // A size that stands for the rest.
    private const int Rest = -233;

    // Width, height, channels and depth.
    private static readonly int[] ShapeKeys = [0, 1, 2, 11];

    // Layers that no export of ours has, but files of other programs may: each is only like itself.
    private static readonly HashSet<string> Others = new(StringComparer.Ordinal)
    {
        "Crop", "Eltwise", "ExpandDims", "GELU", "Interp", "Mish", "Padding", "Permute", "Pooling", "ShuffleChannel", "Slice", "Softmax", "Squeeze", "UnaryOp",
    };

    /// <summary>Adds the activation that is part of a convolution.</summary>
    /// <param name="layer">The convolution.</param>
    /// <param name="output">The value that it makes.</param>
    /// <exception cref="InvalidDataException">A setting is none.</exception>
    public void Activate(NcnnLayer layer, string output)
    {
        var (x, numbers) = (builder[output], layer.List(10) ?? []);
        if (layer.Number(9) is not 0 and var kind)
        {
            builder.Add(output, (kind, numbers) switch
            {
                (1, _) => OperationKinds.Map("ReLU", layer.Name, x, 0),
                (2, [var slope]) => OperationKinds.Map("ReLU", layer.Name, x, slope),
                (3, [var low, var high]) => OperationKinds.Clip(layer.Name, x, low, high),
                (4, _) => OperationKinds.Map("Sigmoid", layer.Name, x),
                (6, [var alpha, var beta]) => OperationKinds.Gate(layer.Name, x, "HardSigmoid", alpha, beta),
                _ => OperationKinds.Map($"activation {kind}", layer.Name, x),
            });
        }
    }

    /// <summary>Adds a constant.</summary>
    /// <param name="layer">Its layer.</param>
    /// <param name="number">The number, if it is a single one.</param>
    public void Constant(NcnnLayer layer, float? number)
    {
        foreach (var output in layer.Outputs)
        {
            builder.Add(output, new DeployedOperation(number is null ? "numbers" : Number, layer.Name, [], number is null ? [] : [number]));
        }
    }

    /// <summary>Adds a layer without weights.</summary>
    /// <returns>False if the layer is none that a network can have.</returns>
    /// <exception cref="InvalidDataException">The network is too large, or a setting is none.</exception>
    public bool Add(NcnnLayer layer)
    {
        var inputs = layer.Inputs.Select(input => builder[input]).ToImmutableArray();
        var made = layer.Type == "Slice" ? Slice(layer, inputs) : Of(layer, inputs) is { } one ? [.. layer.Outputs.Select(_ => one)] : null;
        if (made is null && !Others.Contains(layer.Type))
        {
            return false;
        }

        foreach (var (i, output) in layer.Outputs.Index())
        {
            builder.Add(output, made?[i] ?? new DeployedOperation(
                $"{layer.Type}{(i > 0 ? $", output {i}" : "")}", layer.Name, inputs,
                [.. layer.Settings.OrderBy(setting => setting.Key).SelectMany(setting => setting.Value.Split(',')).Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : (double?)double.NaN)]));
        }

        return true;
    }

    private static DeployedOperation? Of(NcnnLayer layer, ImmutableArray<DeployedOperation> inputs) => (layer.Type, inputs) switch
    {
        ("Input", []) => new DeployedOperation(DeployedOperation.InputKind, layer.Name, []),
        ("Split" or "Noop" or "Dropout", [var x]) => x,
        ("ReLU", [var x]) => OperationKinds.Map("ReLU", layer.Name, x, layer.Single(0)),
        ("Clip", [var x]) => OperationKinds.Clip(layer.Name, x, layer.Single(0, -float.MaxValue), layer.Single(1, float.MaxValue)),
        ("ELU", [var x]) => OperationKinds.Map("ELU", layer.Name, x, layer.Single(0, 0.1)),
        ("SELU", [var x]) => OperationKinds.Map("SELU", layer.Name, x, layer.Single(0, 1.67326324), layer.Single(1, 1.050700987)),
        ("Sigmoid" or "Erf", [var x]) => OperationKinds.Map(layer.Type, layer.Name, x),
        ("TanH", [var x]) => OperationKinds.Map("Tanh", layer.Name, x),
        ("Swish", [var x]) => OperationKinds.Gate(layer.Name, x, "Sigmoid"),
        ("HardSigmoid", [var x]) => OperationKinds.Map("HardSigmoid", layer.Name, x, layer.Single(0, 0.2), layer.Single(1, 0.5)),
        ("HardSwish", [var x]) => OperationKinds.Gate(layer.Name, x, "HardSigmoid", layer.Single(0, 0.2), layer.Single(1, 0.5)),
        ("BinaryOp", _) => Binary(layer, inputs),
        ("Eltwise", [var a, var b]) when layer.List(1) is null && layer.Number(0) is 0 or 1 => OperationKinds.Combine(layer.Number(0) == 1 ? "Add" : "Mul", layer.Name, a, b),
        ("Pooling", [var x]) => Pool(layer, x),
        ("Concat", _) => OperationKinds.Concatenate(layer.Name, inputs, layer.Number(0) + 1),
        ("Crop", [var x]) when (layer.List(9), layer.List(10), layer.List(11)) is ([var start], [var end], [0]) => OperationKinds.Channels(layer.Name, x, (long)start, end == Rest ? null : (long)end),
        ("Interp", [var x]) when layer.Number(0) == Linear => OperationKinds.Map("Resize", layer.Name, x, Linear, layer.Number(6), Factor(layer, 3, 1), Factor(layer, 4, 2)),
        ("ShuffleChannel", [var x]) when layer.Number(1) == 0 => OperationKinds.Map("ShuffleChannel", layer.Name, x, layer.Number(0, 1)),
        ("Reshape", [var x]) => OperationKinds.Map("Reshape", layer.Name, x, 1 + ShapeKeys.Count(key => layer.Number(key, Rest) != Rest)),
        ("Flatten", [var x]) => OperationKinds.Map("Reshape", layer.Name, x, 2),
        ("Permute", [var x]) when layer.Number(0) is 0 => x,
        ("Permute", [{ Kind: "Reshape", Settings: [3d] } or { Kind: "Concat" }]) when layer.Number(0) == 1 => OperationKinds.Map("Transpose", layer.Name, inputs[0], 0, 2, 1),
        _ => null,
    };

    private static DeployedOperation? Binary(NcnnLayer layer, ImmutableArray<DeployedOperation> inputs)
    {
        var kind = layer.Number(0) switch { 0 or 1 => "Add", 2 or 3 => "Mul", _ => null };
        var number = layer.Number(1) != 0 && inputs is [_] ? layer.Single(2)
            : inputs is [_, { Kind: Number, Settings: [{ } second] }] ? second
            : inputs is [{ Kind: Number, Settings: [{ } first] }, _] && layer.Number(0) is 0 or 2 ? first
            : (double?)null;
        var x = inputs is [{ Kind: Number }, var other] ? other : inputs.FirstOrDefault();
        return kind is null || x is null ? new DeployedOperation($"BinaryOp {layer.Number(0)}", layer.Name, inputs)
            : number is { } constant ? OperationKinds.Map(kind, layer.Name, x, layer.Number(0) switch { 1 => -constant, 3 => 1 / constant, _ => constant })
            : inputs is [var a, var b] && layer.Number(0) is 0 or 2 ? OperationKinds.Combine(kind, layer.Name, a, b)
            : new DeployedOperation($"BinaryOp {layer.Number(0)}", layer.Name, inputs);
    }

    private static DeployedOperation? Pool(NcnnLayer layer, DeployedOperation x)
    {
        if (layer.Number(4) != 0)
        {
            return layer.Number(0) == 1 ? OperationKinds.Map("the mean", layer.Name, x) : null;
        }

        var (kernel, step, padding, mode) = (layer.Number(1), layer.Number(2, 1), layer.Number(3), layer.Number(5));
        var (bottom, right) = (layer.Number(15, padding), layer.Number(14, padding));
        return layer.Number(0) != 0 ? null : OperationKinds.Map(
            "MaxPool", layer.Name, x,
            layer.Number(11, kernel), kernel, layer.Number(12, step), step, layer.Number(13, padding), padding, bottom, right, mode is 0 or 1 ? 0 : 1, mode == 0 ? 1 : 0);
    }

    private static DeployedOperation[]? Slice(NcnnLayer layer, ImmutableArray<DeployedOperation> inputs)
    {
        if (inputs is not [var x] || layer.Number(1) != 0 || layer.List(0) is not { } sizes || sizes.Length != layer.Outputs.Length)
        {
            return null;
        }

        // Sizes that are not written share what the others leave.
        var (known, open) = (sizes.Where(size => size != Rest).Sum(), sizes.Count(size => size == Rest));
        return open > 0 && x.Channels is null ? null
            : [.. OperationKinds.Split(layer.Name, x, sizes.Select(size => (long)(size == Rest ? (x.Channels!.Value - known) / open : size)))];
    }

    private static double? Factor(NcnnLayer layer, int size, int factor) => layer.Number(size) != 0 ? null : layer.Single(factor, 1);
}
