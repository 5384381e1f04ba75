using Google.Protobuf;
using NanoDet.Training.Export;
using NanoDet.Training.Export.Schema;
using NanoDet.Training.Tests.Weights;
using NanoDet.Training.Weights;

namespace NanoDet.Fuzzing.Readers;

/// <summary>Weights: safetensors, PyTorch's zip form and its older one, pickles in a sound archive, ONNX models, and the two files of ncnn.</summary>
internal static class WeightReaders
{
    private static readonly byte[] Pickle = new PickleWriter().Op('}').Text("state_dict").Op('}').Op('(')
        .Text("model.head.weight").Tensor("0", 6, 0, [2, 3], [3, 1]).Text("avg_model.head.weight").Tensor("1", 1, 0, [1], [1]).Op('u').Op('s').Text("epoch").Number(3).Op('s').End();

    private static readonly string[] Opcodes = ["}", "(", "t", "R", "Q", "]", "u", "s", "b", "ctorch\nFloatStorage\n", "cos\nsystem\n", "ctorch._utils\n_rebuild_tensor_v2\n", "h\0", "q\0", "r", "2", "0", "1", ".", "PK\u0003\u0004", "PK\u0001\u0002", "data.pkl", "archive/data/0", "\"dtype\":\"F64\"", "\"shape\":[0]", "\"data_offsets\":[0,8]"];

    /// <summary>The readers.</summary>
    public static FuzzedReader[] All { get; } =
    [
        new("safetensors", [Safetensors()], Read("a.safetensors")) { Tokens = Opcodes },
        new("checkpoint-zip", [Archive(Pickle)], Read("a.pth")) { Tokens = Opcodes },
        new("checkpoint-old", [Legacy()], Read("a.pth")) { Tokens = Opcodes },
        new("onnx-weights", [Onnx()], Read("a.onnx")) { Tokens = ["Conv", "BatchNormalization", "Shape", "Cast", "group", "pads", "strides", "auto_pad", "w", "b", "x", "\u0008", "\u0001"] },
        new("ncnn", [Ncnn()], InputFile.Of("a.param", path => ReadNcnn(path))) { Tokens = ["7767517\n", "Convolution ", "ConvolutionDepthWise ", "Input ", "Split ", "MemoryData ", " 0=", " 1=", " 6=", " 7=", " 11=", "-23300=", " -1", " 2147483647", " x", "\n", "\0", "G0k\u0001"] },
        new("pickle", [Pickle], content => Read("a.pth")(Archive(content))) { Tokens = Opcodes },
    ];

    private static Action<byte[]> Read(string name) => InputFile.Of(name, path => WeightFile.Read(path));

    private static byte[] Safetensors()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, new WeightSet(new() { ["a"] = WeightTensor.Of([1, 2, 3, 4, 5, 6], 2, 3), ["b"] = WeightTensor.Of([7]) }, new Dictionary<string, string> { ["format"] = "pt" }));
        return stream.ToArray();
    }

    private static byte[] Onnx()
    {
        var graph = new GraphProto();
        graph.Initializer.Add(new TensorProto { Name = "w", DataType = 1, Dims = { 2, 1, 1, 1 }, RawData = ByteString.CopyFrom(new byte[8]) });
        graph.Initializer.Add(new TensorProto { Name = "b", DataType = 1, Dims = { 2 }, FloatData = { 1, 2 } });
        graph.Node.Add(new NodeProto { OpType = "Conv", Name = "c", Input = { "x", "w", "b" }, Output = { "y" }, Attribute = { OnnxGraph.Number("group", 1L), OnnxGraph.Numbers("strides", 2, 2) } });
        graph.Node.Add(new NodeProto { OpType = "Sigmoid", Name = "s", Input = { "y" }, Output = { "z" } });
        return new ModelProto { IrVersion = 6, Graph = graph }.ToByteArray();
    }

    // Both files, one after the other.
    private static byte[] Ncnn() =>
    [
        .. "7767517\n4 5\nInput data 0 1 data\nConvolution a 1 1 data a 0=1 1=1 5=1 6=3\nSplit s 1 2 a b c\nConvolutionDepthWise d 1 1 b d 0=1 1=1 3=2 4=0 6=1 7=1\n\0"u8,
        .. new byte[4], .. new float[] { 1, 2, 3, 4 }.SelectMany(BitConverter.GetBytes), 0x47, 0x6B, 0x30, 1, 0, 60, 0, 0,
    ];

    private static void ReadNcnn(string path)
    {
        var content = File.ReadAllBytes(path);
        var end = Array.IndexOf(content, (byte)0) is >= 0 and var found ? found : content.Length;
        File.WriteAllBytes(path, content[..end]);
        File.WriteAllBytes(Path.ChangeExtension(path, ".bin"), content[Math.Min(end + 1, content.Length)..]);
        WeightFile.ReadAny(path);
    }

    private static byte[] Archive(byte[] pickle)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.Delete(path);
            return File.ReadAllBytes(CheckpointArchive.Write(path, pickle, ("0", [1, 2, 3, 4, 5, 6]), ("1", [7])));
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Magic number, protocol, what the system is like, the object, the keys of its storages, and these.
    private static byte[] Legacy() =>
    [
        .. new PickleWriter().Raw(0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19).End(),
        .. new PickleWriter().Raw((byte)'M', 0xE9, 3).End(), .. new PickleWriter().Op('}').Text("little_endian").Raw(0x88).Op('s').End(),
        .. LegacyObject(), .. new PickleWriter().Op(']').Text("0").Op('a').End(),
        .. BitConverter.GetBytes(6L), .. new float[] { 1, 2, 3, 4, 5, 6 }.SelectMany(BitConverter.GetBytes),
    ];

    private static byte[] LegacyObject()
    {
        var pickle = new PickleWriter().Op('}').Op('(').Text("weight").Global("torch._utils", "_rebuild_tensor_v2").Op('(');
        pickle.Op('(').Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(6).Op('N').Op('t').Op('Q');
        pickle.Number(0).Numbers([2, 3]).Numbers([3, 1]).Raw(0x89).Global("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R');
        return pickle.Op('u').End();
    }
}
