using System.Buffers.Binary;
using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Collections;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Models;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>Reads an ONNX file: an export of the original or one of ours, in 32 or 16 bits.</summary>
internal static class OnnxNetworkReader
{
    /// <summary>The first byte of such files: the field with the version of the format.</summary>
    public const byte FirstByte = 0x08;

    private const int MostDimensions = 16;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="NanoDetException">NDB4111: its weights cannot be taken out.</exception>
    public static WeightSet Read(string path, byte[] content)
    {
        try
        {
            var model = ModelProto.Parser.ParseFrom(content);
            return new WeightSet([], ClassesOf(model)) { Deployed = Read(path, model) with { Input = DeployedInput.Of(model) } };
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new InvalidDataException("it is not an ONNX model", exception);
        }
    }

    /// <summary>Reads a model.</summary>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="InvalidDataException">The model contradicts itself.</exception>
    /// <exception cref="NanoDetException">NDB4111: its weights cannot be taken out.</exception>
    public static DeployedNetwork Read(string path, ModelProto model)
    {
        var graph = model.Graph ?? throw new InvalidDataException("it has no graph");
        var (constants, builder) = (new OnnxConstants(graph), new DeployedNetworkBuilder());
        var operations = new OnnxOperations(builder, constants);
        foreach (var node in graph.Node)
        {
            switch (node.OpType)
            {
                case "Conv":
                    builder.Convolve(
                        node.Input.FirstOrDefault() ?? "", node.Output.FirstOrDefault() ?? "", input => Convolution(path, node, constants, input));
                    break;
                case "BatchNormalization" or "ConvTranspose" or "ConvInteger" or "QLinearConv":
                    throw new NanoDetException(WeightDiagnostics.NotTakenOut(path, $"it has a node {DiagnosticText.Shorten(node.OpType)}"));
                default:
                    operations.Add(node);
                    break;
            }
        }

        return builder.Build(graph.Output.Select(output => output.Name));
    }

    private static DeployedConvolution Convolution(string path, NodeProto node, OnnxConstants constants, DeployedOperation input)
    {
        if (node.Input.Count < 2 || constants.Tensor(node.Input[1]) is not { } kernels)
        {
            throw new NanoDetException(WeightDiagnostics.NotTakenOut(path, $"the weights of the convolution '{DiagnosticText.Shorten(node.Name)}' are computed, as in a model with 8 bits"));
        }

        var weight = Singles(path, kernels);
        if (weight.Shape is not [> 0 and <= int.MaxValue and var rows, > 0, > 0, > 0] || weight.Shape[2] != weight.Shape[3])
        {
            throw new NanoDetException(WeightDiagnostics.NotTakenOut(path, $"the kernel of the convolution '{DiagnosticText.Shorten(node.Name)}' is not square"));
        }

        var bias = node.Input.Count > 2 && node.Input[2].Length > 0
            ? Singles(path, constants.Tensor(node.Input[2]) ?? throw new InvalidDataException("a convolution has no bias where it names one")).ToSingles()
            : new float[rows];
        if (bias.Length != rows)
        {
            throw new InvalidDataException("a convolution has another number of biases than of channels");
        }

        var (strides, pads, dilations) = (Numbers(node, "strides"), Numbers(node, "pads"), Numbers(node, "dilations"));
        if (!AreEqual(strides) || !AreEqual(pads) || dilations.Any(step => step != 1) || node.Attribute.Any(attribute => attribute.Name == "auto_pad" && attribute.S.ToStringUtf8() != "NOTSET"))
        {
            throw new NanoDetException(WeightDiagnostics.NotTakenOut(path, $"the convolution '{DiagnosticText.Shorten(node.Name)}' differs between its directions"));
        }

        var groups = node.Attribute.FirstOrDefault(attribute => attribute.Name == "group") is { HasI: true } group ? group.I : 1;
        return new DeployedConvolution(node.Name, weight, bias, strides.FirstOrDefault(1), pads.FirstOrDefault(0), groups, input);
    }

    private static WeightTensor Singles(string path, TensorProto tensor)
    {
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            throw new NanoDetException(WeightDiagnostics.NotTakenOut(path, $"it keeps the tensor '{DiagnosticText.Shorten(tensor.Name)}' in another file, which is not opened; save it as one file"));
        }

        ImmutableArray<long> shape = [.. tensor.Dims];
        var type = (TensorProto.Types.DataType)tensor.DataType switch
        {
            TensorProto.Types.DataType.Float => ElementType.Float32,
            TensorProto.Types.DataType.Float16 => ElementType.Float16,
            _ => throw new InvalidDataException("the weights of a convolution are not floating-point numbers"),
        };
        var data = tensor.FloatData.Count > 0 && type == ElementType.Float32 ? Bytes(tensor.FloatData) : tensor.RawData.Memory;
        if (shape.Length > MostDimensions || WeightTensor.ByteCount(type, shape.AsSpan()) != data.Length)
        {
            throw new InvalidDataException("the shape of a tensor does not fit its bytes");
        }

        var numbers = new WeightTensor(type, shape, data);
        return type == ElementType.Float32 ? numbers : WeightTensor.Of(numbers.ToSingles(), shape.AsSpan());
    }

    private static byte[] Bytes(RepeatedField<float> values)
    {
        var bytes = new byte[values.Count * sizeof(float)];
        for (var i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return bytes;
    }

    private static RepeatedField<long> Numbers(NodeProto node, string name)
        => node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.Ints ?? [];

    private static bool AreEqual(RepeatedField<long> numbers) => numbers.Distinct().Count() <= 1;

    /// <summary>The classes, as our exports write them into the metadata.</summary>
    private static Dictionary<string, string> ClassesOf(ModelProto model)
        => model.MetadataProps.FirstOrDefault(entry => entry.Key == ModelMetadataProperties.ClassesKey) is { } classes
            ? new() { [WeightSet.ClassesKey] = classes.Value }
            : [];
}
