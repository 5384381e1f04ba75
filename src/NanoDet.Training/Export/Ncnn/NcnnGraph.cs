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

    /// <summary>Writes the files.</summary>
    /// <exception cref="NanoDetException">NDB5006: ncnn has no such operation.</exception>
    public NcnnModel Write()
    {
        var uses = graph.Node.Where(node => !IsShuffle(node)).SelectMany(Inputs)
            .Concat(graph.Node.Where(IsShuffle).SelectMany(node => Inputs(node).Take(IsStartOfShuffle(node) ? 1 : 0)))
            .CountBy(name => name).ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        var file = new NcnnFile(uses, isHalf);
        var sides = graph.Input[0].Type.TensorType.Shape.Dim;
        file.Add("Input", graph.Input[0].Name, [], [graph.Input[0].Name], FormattableString.Invariant($"0={sides[3].DimValue} 1={sides[2].DimValue} 2={sides[1].DimValue}"));
        foreach (var node in graph.Node)
        {
            Write(file, node);
        }

        return file.Build();
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
            case "Reshape" when IsShuffle(node):
                if (!IsStartOfShuffle(node))
                {
                    // The three nodes of a shuffle are one layer, which takes what the first of them takes.
                    var start = Producer(Producer(node.Input[0])!.Input[0])!;
                    file.Add("ShuffleChannel", node.Name, [start.Input[0]], node.Output, "0=2");
                }

                break;
            case "Transpose" when IsShuffle(node):
                break;
            case "Reshape" when Shape(node) is [_, var channels, _]:
                Add(file, "Reshape", node, FormattableString.Invariant($"0=-1 1={channels}"));
                break;
            case "Transpose" when node.Attribute[0].Ints is [0, 2, 1]:
                Add(file, "Permute", node, "0=1");
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
        else
        {
            throw new NanoDetException(ExportDiagnostics.NotInNcnn(node.OpType, node.Name));
        }
    }

    private void Add(NcnnFile file, string type, NodeProto node, string settings = "") => file.Add(type, node.Name, Inputs(node), node.Output, settings);

    private IEnumerable<string> Inputs(NodeProto node) => node.Input.Where(name => !_constants.ContainsKey(name));

    private bool IsShuffle(NodeProto node) => node.OpType switch
    {
        "Transpose" => node.Attribute[0].Ints is [0, 2, 1, 3, 4],
        "Reshape" => IsStartOfShuffle(node) || Producer(node.Input[0]) is { OpType: "Transpose" } transpose && IsShuffle(transpose),
        _ => false,
    };

    private bool IsStartOfShuffle(NodeProto node) => node.OpType == "Reshape" && Shape(node) is [_, 2, _, _, _];

    private NodeProto? Producer(string value) => graph.Node.FirstOrDefault(node => node.Output.Contains(value));

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
