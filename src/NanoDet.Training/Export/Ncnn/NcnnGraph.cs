using System.Globalization;
using System.Runtime.InteropServices;
using NanoDet.Core.Diagnostics;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Export.Ncnn;

/// <summary>
/// Writes the graph of an export, node by node, as layers of ncnn. A value of ncnn has no batch dimension, so axes count from the
/// second dimension of ONNX.
/// </summary>
/// <param name="graph">What <see cref="OnnxExporter"/> writes, for one picture.</param>
/// <param name="isHalf">Whether kernels have 16 bits.</param>
internal sealed class NcnnGraph(GraphProto graph, bool isHalf)
{
    private readonly Dictionary<string, TensorProto> _constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    private readonly NcnnFusions _fusions = new(graph);

    /// <summary>Writes the files.</summary>
    /// <exception cref="NanoDetException">NDB5006: ncnn has no such operation.</exception>
    public NcnnModel Write()
    {
        var nodes = graph.Node.Where(node => !_fusions.IsInner(node)).ToList();
        var uses = nodes.SelectMany(node => _fusions.At(node) is { } fusion ? [fusion.Input] : Inputs(node))
            .CountBy(name => name).ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        var file = new NcnnFile(uses, isHalf);
        var sides = graph.Input[0].Type.TensorType.Shape.Dim;
        file.Add("Input", graph.Input[0].Name, [], [graph.Input[0].Name], FormattableString.Invariant($"0={sides[3].DimValue} 1={sides[2].DimValue} 2={sides[1].DimValue}"));
        foreach (var node in nodes)
        {
            if (_fusions.At(node) is { } fusion)
            {
                Write(file, node, fusion);
            }
            else
            {
                Write(file, node);
            }
        }

        return file.Build();
    }

    private static void Write(NcnnFile file, NodeProto node, NcnnFusion fusion)
    {
        var (input, output) = (fusion.Input, node.Output[0]);
        if (fusion.ChannelsInnermost)
        {
            file.Add("Permute", $"{node.Name}.turn", [input], [$"{output}.turned"], "0=3");
            (input, output) = ($"{output}.turned", $"{output}.normal");
        }

        file.Add(fusion.Type, node.Name, [input], [output], fusion.Settings);
        if (fusion.Kernels.Length > 0)
        {
            file.AddKernels(fusion.Kernels);
        }

        file.AddNumbers(fusion.Numbers);
        if (fusion.ChannelsInnermost)
        {
            file.Add("Permute", $"{node.Name}.back", [output], [node.Output[0]], "0=4");
        }
    }

    private void Write(NcnnFile file, NodeProto node)
    {
        switch (node.OpType)
        {
            case "Conv":
                Convolution(file, node);
                break;
            case "MaxPool":
                var (kernel, step, padding) = (Number(node, "kernel_shape"), Number(node, "strides"), Number(node, "pads"));
                Add(file, "Pooling", node, FormattableString.Invariant($"0=0 1={kernel} 2={step} 3={padding} 5=1"));
                break;
            case "Relu":
                Add(file, "ReLU", node);
                break;
            case "LeakyRelu":
                Add(file, "ReLU", node, $"0={Text(Single(node, "alpha"))}");
                break;
            case "Clip":
                Add(file, "Clip", node, $"0={Text(Values(node.Input[1])[0])} 1={Text(Values(node.Input[2])[0])}");
                break;
            case "Elu":
                Add(file, "ELU", node, $"0={Text(Single(node, "alpha"))}");
                break;
            case "Selu":
                Add(file, "SELU", node);
                break;
            case "PRelu":
                var slopes = Values(node.Input[1]);
                Add(file, "PReLU", node, FormattableString.Invariant($"0={slopes.Length}"));
                file.AddNumbers(slopes);
                break;
            case "Sigmoid":
                Add(file, "Sigmoid", node);
                break;
            case "HardSigmoid":
                Add(file, "HardSigmoid", node, $"0={Text(Single(node, "alpha"))} 1={Text(Single(node, "beta"))}");
                break;
            case "Add" or "Mul":
                Combine(file, node, node.OpType == "Add" ? 0 : 2);
                break;
            case "Concat":
                Add(file, "Concat", node, FormattableString.Invariant($"0={Number(node, "axis") - 1}"));
                break;
            case "Split" when Number(node, "axis") == 1:
                var sizes = node.Attribute.Single(attribute => attribute.Name == "split").Ints;
                Add(file, "Slice", node, FormattableString.Invariant($"-23300={sizes.Count},{string.Join(',', sizes)} 1=0"));
                break;
            case "Resize":
                var scales = Values(node.Input[2]);
                Add(file, "Interp", node, $"0=2 1={Text(scales[2])} 2={Text(scales[3])}");
                break;
            case "Reshape" when Shape(node) is [_, var rows, _]:
                Add(file, "Reshape", node, FormattableString.Invariant($"0=-1 1={rows}"));
                break;
            case "Reshape" when Shape(node) is [_, var channels, var height, var width]:
                Add(file, "Reshape", node, FormattableString.Invariant($"0={width} 1={height} 2={channels}"));
                break;
            case "Transpose" when node.Attribute[0].Ints is [0, 2, 1]:
                Add(file, "Permute", node, "0=1");
                break;
            case "Transpose" when node.Attribute[0].Ints is [0, 2, 1, 3]:
                Add(file, "Permute", node, "0=2");
                break;
            case "Transpose" when node.Attribute[0].Ints is [0, 2, 3, 1]:
                Add(file, "Permute", node, "0=3");
                break;
            case "MatMul":
                Add(file, "MatMul", node);
                break;
            case "Softmax":
                Add(file, "Softmax", node, FormattableString.Invariant($"0={Number(node, "axis") - 1} 1=1"));
                break;
            default:
                throw new NanoDetException(ExportDiagnostics.NotInNcnn(node.OpType, node.Name));
        }
    }

    private void Convolution(NcnnFile file, NodeProto node)
    {
        var (weight, bias) = (_constants[node.Input[1]], Values(node.Input[2]));
        var groups = node.Attribute.Single(attribute => attribute.Name == "group").I;
        var kernels = Values(weight.Name);
        var settings = FormattableString.Invariant(
            $"0={weight.Dims[0]} 1={weight.Dims[2]} 3={Number(node, "strides")} 4={Number(node, "pads")} 5=1 6={kernels.Length}");
        Add(file, groups > 1 ? "ConvolutionDepthWise" : "Convolution", node, groups > 1 ? FormattableString.Invariant($"{settings} 7={groups}") : settings);
        file.AddKernels(kernels);
        file.AddNumbers(bias);
    }

    private void Combine(NcnnFile file, NodeProto node, int operation)
    {
        var constants = node.Input.Where(_constants.ContainsKey).ToArray();
        if (constants is [var constant] && Values(constant) is [var number])
        {
            Add(file, "BinaryOp", node, FormattableString.Invariant($"0={operation} 1=1 2={Text(number)}"));
        }
        else if (constants.Length == 0)
        {
            Add(file, "BinaryOp", node, FormattableString.Invariant($"0={operation}"));
        }
        else if (constants is [var rows] && _constants[rows].Dims is [1, var height, var width])
        {
            var name = $"{node.Name}.constant";
            file.Add("MemoryData", name, [], [name], FormattableString.Invariant($"0={width} 1={height}"));
            file.AddNumbers(Values(rows));
            file.Add("BinaryOp", node.Name, [.. Inputs(node), name], node.Output, FormattableString.Invariant($"0={operation}"));
        }
        else
        {
            throw new NanoDetException(ExportDiagnostics.NotInNcnn(node.OpType, node.Name));
        }
    }

    private void Add(NcnnFile file, string type, NodeProto node, string settings = "") => file.Add(type, node.Name, Inputs(node), node.Output, settings);

    private IEnumerable<string> Inputs(NodeProto node) => node.Input.Where(name => !_constants.ContainsKey(name));

    private long[] Shape(NodeProto node) => MemoryMarshal.Cast<byte, long>(_constants[node.Input[1]].RawData.Span).ToArray();

    private float[] Values(string name) => MemoryMarshal.Cast<byte, float>(_constants[name].RawData.Span).ToArray();

    // Both directions have the same number.
    private static long Number(NodeProto node, string name)
    {
        var attribute = node.Attribute.Single(attribute => attribute.Name == name);
        return attribute.HasI ? attribute.I : attribute.Ints[0];
    }

    private static float Single(NodeProto node, string name) => node.Attribute.Single(attribute => attribute.Name == name).F;

    private static string Text(float number) => number.ToString("R", CultureInfo.InvariantCulture);
}
