using System.Collections.Immutable;
using Google.Protobuf.Collections;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>What the nodes of an ONNX file compute that have no weights.</summary>
/// <param name="builder">Takes it.</param>
/// <param name="constants">The constants of the file.</param>
internal sealed class OnnxOperations(DeployedNetworkBuilder builder, OnnxConstants constants)
{
    private const long Linear = 2;

    /// <summary>Adds a node.</summary>
    /// <exception cref="InvalidDataException">The network is too large, or the node contradicts itself.</exception>
    public void Add(NodeProto node)
    {
        if (constants.Take(node, value => builder[value].Channels))
        {
            return;
        }

        var values = node.Input.Where(input => input.Length > 0 && !constants.Has(input)).Select(input => builder[input]).ToImmutableArray();
        if (node is { OpType: "Split" } && Integer(node, "axis", 0) == 1 && values is [var whole] && Parts(node, whole) is { } sizes && sizes.Length == node.Output.Count)
        {
            foreach (var (output, part) in node.Output.Zip(OperationKinds.Split(node.Name, whole, sizes)))
            {
                builder.Add(output, part);
            }

            return;
        }

        foreach (var (i, output) in node.Output.Index())
        {
            builder.Add(output, values is [var x] ? Of(node, x, i) : values is [var a, var b] && node.OpType is "Add" or "Mul" ? OperationKinds.Combine(node.OpType, node.Name, a, b)
                : node.OpType == "Concat" ? OperationKinds.Concatenate(node.Name, values, Integer(node, "axis", 0)) : Other(node, values, i));
        }
    }

    private DeployedOperation Of(NodeProto node, DeployedOperation x, int output)
    {
        var (name, second) = (node.Name, node.Input.Where(constants.Has).FirstOrDefault());
        switch (node.OpType)
        {
            case "Identity" or "Cast" or "Dropout":
                return x;
            case "Relu":
                return OperationKinds.Map("ReLU", name, x, 0);
            case "LeakyRelu":
                return OperationKinds.Map("ReLU", name, x, Single(node, "alpha", 0.01f));
            case "Clip":
                return OperationKinds.Clip(name, x, Limit(node, 1, "min", float.MinValue), Limit(node, 2, "max", float.MaxValue));
            case "Elu":
                return OperationKinds.Map("ELU", name, x, Single(node, "alpha", 1));
            case "Selu":
                return OperationKinds.Map("SELU", name, x, Single(node, "alpha", 1.67326319217681884765625f), Single(node, "gamma", 1.05070102214813232421875f));
            case "HardSigmoid":
                return OperationKinds.Map("HardSigmoid", name, x, Single(node, "alpha", 0.2f), Single(node, "beta", 0.5f));
            case "HardSwish":
                return OperationKinds.Gate(name, x, "HardSigmoid", 1 / 6d, 0.5);
            case "Sigmoid" or "Tanh" or "Erf":
                return OperationKinds.Map(node.OpType, name, x);
            case "Add" or "Sub" or "Mul" or "Div" when second is not null && constants.Singles(second) is [var number] && (node.OpType is "Add" or "Mul" || node.Input[0] != second):
                return OperationKinds.Map(node.OpType is "Add" or "Sub" ? "Add" : "Mul", name, x, node.OpType switch { "Sub" => -number, "Div" => 1d / number, _ => number });
            case "MaxPool" when output == 0:
                return OperationKinds.Map("MaxPool", name, x, [.. Pool(node), Integer(node, "ceil_mode", 0)]);
            case "GlobalAveragePool":
                return OperationKinds.Map("the mean", name, x);
            case "ReduceMean" when Integers(node, "axes") is [2 or -2, 3 or -1] && Integer(node, "keepdims", 1) == 1:
                return OperationKinds.Map("the mean", name, x);
            case "Slice" when Slice(node) is var (start, end):
                return OperationKinds.Channels(name, x, start, end);
            case "Resize" or "Upsample" when Text(node, "mode", "nearest") == "linear":
                return OperationKinds.Map("Resize", name, x, [Linear, Coordinates(node), .. Factors(node)]);
            case "Reshape" when second is not null:
                return Reshape(name, x, constants.Numbers(second));
            case "Transpose":
                return OperationKinds.Map("Transpose", name, x, [.. Integers(node, "perm").Select(axis => (double?)axis)]);
            default:
                return Other(node, [x], output);
        }
    }

    /// <summary>Anything else has the name and the settings of its file, and is only like itself.</summary>
    private DeployedOperation Other(NodeProto node, ImmutableArray<DeployedOperation> values, int output)
    {
        var attributes = node.Attribute.OrderBy(attribute => attribute.Name, StringComparer.Ordinal).ToArray();
        var words = string.Concat(attributes.Where(attribute => attribute.HasS).Select(attribute => $", {attribute.Name} {attribute.S.ToStringUtf8()}"));
        return new DeployedOperation(
            $"{node.OpType}{words}{(output > 0 ? $", output {output}" : "")}", node.Name, values,
            [
                .. attributes.SelectMany(attribute => attribute.HasF ? [attribute.F] : attribute.HasI ? [attribute.I] : attribute.Ints.Select(number => (double?)number)),
                .. node.Input.Where(constants.Has).SelectMany(input => constants.Singles(input)?.Select(number => (double?)number) ?? constants.Numbers(input)?.Select(number => (double?)number) ?? [null]),
            ]);
    }

    /// <summary>Three nodes interleave the channels of groups: [group, channel] becomes [channel, group]. Sizes of maps are those of each file.</summary>
    private static DeployedOperation Reshape(string name, DeployedOperation x, long?[]? shape)
        => shape is [_, _, _, _] && x is { Kind: "Transpose", Settings: [0d, 2d, 1d, 3d, 4d], Inputs: [{ Kind: "Reshape", Settings: [5d, { } groups], Inputs: [var start] }] }
            ? OperationKinds.Map("ShuffleChannel", name, start, groups)
            : shape is [_, var second, _, _, _] ? OperationKinds.Map("Reshape", name, x, 5, second)
            : OperationKinds.Map("Reshape", name, x, shape?.Length);

    private long[]? Parts(NodeProto node, DeployedOperation whole)
    {
        if (Integers(node, "split") is { Count: > 0 } sizes)
        {
            return [.. sizes];
        }

        if (node.Input.Count > 1 && constants.Numbers(node.Input[1]) is { } numbers)
        {
            return numbers.All(number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
        }

        var count = node.Output.Count;
        return whole.Channels is { } channels && channels % count == 0 ? [.. Enumerable.Repeat(channels / count, count)] : null;
    }

    /// <summary>The first channel and the one after the last, if a node takes channels; null if it takes something else.</summary>
    private (long Start, long? End)? Slice(NodeProto node)
    {
        if (node.Input.Count >= 4)
        {
            return (constants.Numbers(node.Input[1]), constants.Numbers(node.Input[2]), constants.Numbers(node.Input[3]), node.Input.Count > 4 ? constants.Numbers(node.Input[4]) : [1])
                is ([{ } first], [{ } last], [1], [1]) ? (first, last) : null;
        }

        return (Integers(node, "starts"), Integers(node, "ends"), Integers(node, "axes")) is ([var start], [var end], [1]) ? (start, end) : null;
    }

    private IEnumerable<double?> Factors(NodeProto node)
        => node.Input.Skip(1).Select(constants.Singles).FirstOrDefault(numbers => numbers is { Length: 4 }) is [_, _, var height, var width] ? [height, width] : [null, null];

    // Both ways of half pixels are the same but for maps of one pixel.
    private static double Coordinates(NodeProto node) => Text(node, "coordinate_transformation_mode", node.OpType == "Resize" ? "half_pixel" : "asymmetric") switch
    {
        "half_pixel" or "pytorch_half_pixel" => 0,
        "align_corners" => 1,
        "asymmetric" => 2,
        _ => 3,
    };

    private double? Limit(NodeProto node, int input, string name, float fallback)
        => node.Attribute.Any(attribute => attribute.Name == name) || node.Input.Count <= input || node.Input[input].Length == 0 ? Single(node, name, fallback)
        : constants.Singles(node.Input[input]) is [var limit] ? limit : double.NaN;

    private static IEnumerable<double?> Pool(NodeProto node)
    {
        var (kernel, strides, pads) = (Integers(node, "kernel_shape"), Integers(node, "strides"), Integers(node, "pads"));
        var same = Text(node, "auto_pad", "NOTSET") == "NOTSET" && Integers(node, "dilations").All(step => step == 1);
        return [.. kernel.Select(side => (double?)side), .. strides.Count > 0 ? strides.Select(step => (double?)step) : [1, 1], .. pads.Count > 0 ? pads.Select(pad => (double?)pad) : [0, 0, 0, 0], same ? 0 : 1];
    }

    private static AttributeProto? Attribute(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    private static long Integer(NodeProto node, string name, long fallback) => Attribute(node, name) is { HasI: true } attribute ? attribute.I : fallback;

    private static float Single(NodeProto node, string name, float fallback) => Attribute(node, name) is { HasF: true } attribute ? attribute.F : fallback;

    private static string Text(NodeProto node, string name, string fallback) => Attribute(node, name) is { HasS: true } attribute ? attribute.S.ToStringUtf8() : fallback;

    private static RepeatedField<long> Integers(NodeProto node, string name) => Attribute(node, name)?.Ints ?? [];
}
