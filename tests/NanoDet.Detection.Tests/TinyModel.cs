using System.Collections.Immutable;
using NanoDet.Core.Models;
using NanoDet.Detection.Tests.Onnx;

namespace NanoDet.Detection.Tests;

/// <summary>
/// A NanoDet that finds the same objects on every picture, as an ONNX file written by hand: the predictions are a weight,
/// to which a hundred-thousandth of the picture's mean is added so that the picture is used.
/// </summary>
internal sealed class TinyModel(int width, int height, ImmutableArray<string> classes)
{
    /// <summary>Row, label and score of what it finds; every box reaches two strides from its prior.</summary>
    public List<(int Row, int Label, float Score)> Places { get; } = [];

    public ImmutableArray<int> Strides { get; init; } = [8, 16, 32, 64];

    public int? Batch { get; init; } = 1;

    public bool WithMetadata { get; init; } = true;

    public bool WeightsAreInputs { get; init; }

    public string InputName { get; init; } = "data";

    public float PictureFactor { get; init; } = 1e-5f;

    public ModelMetadata Metadata => new()
    {
        Classes = classes,
        InputWidth = width,
        InputHeight = height,
        Strides = Strides,
        RegMax = 7,
        CentredPriors = Strides.Length == 3,
        KeepRatio = false,
    };

    public static Detector Load(TinyModel model, DetectorOptions? options = null) => Detector.Load(model.ToBytes(), "tiny.onnx", options);

    public byte[] ToBytes()
    {
        var decoder = Metadata.Decoder;
        var rows = decoder.Rows(width, height);
        var predictions = new float[rows * decoder.Columns];
        foreach (var (row, label, score) in Places)
        {
            predictions[(row * decoder.Columns) + label] = score;
            for (var side = 0; side < 4; side++)
            {
                // All the weight on a distance of two strides.
                predictions[(row * decoder.Columns) + classes.Length + (side * 8) + 2] = 50;
            }
        }

        var graph = new WireWriter()
            .Node("ReduceMean", [InputName], ["mean"], WireWriter.Ints("axes", 1, 2, 3), WireWriter.Int("keepdims", 0))
            .Node("Mul", ["mean", "factor"], ["small"])
            .Node("Reshape", ["small", "shape"], ["column"])
            .Node("Add", ["column", "predictions"], ["output"])
            .Weight("factor", [], [PictureFactor])
            .Weight("predictions", [1, rows, decoder.Columns], predictions)
            .Weight("shape", [3], [-1, 1, 1])
            .Input(InputName, Batch ?? -1, 3, height, width)
            .Output("output", Batch ?? -1, rows, decoder.Columns);
        if (WeightsAreInputs)
        {
            graph.Input("predictions", 1, rows, decoder.Columns).Input("factor");
        }

        var model = new WireWriter().Number(1, 6).Message(7, graph).Message(8, new WireWriter().Text(1, "").Number(2, 11));
        foreach (var (key, value) in ModelMetadataProperties.Write(Metadata).Where(_ => WithMetadata))
        {
            model.Message(14, new WireWriter().Text(1, key).Text(2, value));
        }

        return model.ToBytes();
    }
}
