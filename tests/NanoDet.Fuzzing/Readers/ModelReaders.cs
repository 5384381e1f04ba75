using NanoDet.Detection;
using NanoDet.Detection.Tests;

namespace NanoDet.Fuzzing.Readers;

/// <summary>ONNX models with their metadata, as far as ONNX Runtime's own loading, and class files beside them.</summary>
internal static class ModelReaders
{
    private static readonly byte[] Model = new TinyModel(32, 32, ["cat", "dog"]) { Places = { (3, 1, 0.9f) } }.ToBytes();
    private static readonly byte[] Plain = new TinyModel(32, 32, ["cat", "dog"]) { WithMetadata = false }.ToBytes();

    /// <summary>The readers.</summary>
    public static FuzzedReader[] All { get; } =
    [
        new("onnx", [Model, Plain], content => Detector.Load(content, "a.onnx").Dispose())
        {
            Tokens = ["nanodet.", "classes", "[\"a\"]", "[1]", "strides", "Loop", "If", "Reshape", "external", "location", "data", "output", "float16", "[1e400]", "[\"\\ud800\"]"],
            Share = 4,
        },
        new("class-file", [LabelReaders.Text("cat\ndog\n")], InputFile.Of("names.txt", path => Detector.Load(Plain, "a.onnx", new DetectorOptions { ClassesFile = path }).Dispose())) { Share = 4 },
    ];
}
