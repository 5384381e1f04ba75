using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Detections;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Models;
using NanoDet.Data.Configuration;
using NanoDet.Training.Export;
using NanoDet.Training.Networks;
using NanoDet.Training.Tests.Networks;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Export;

public class OnnxExporterTests
{
    private static readonly ModelConfiguration Plus = NetworkConfigurations.Plus("0.5x", [48, 96, 192], 32);
    private static readonly ModelConfiguration Legacy = NetworkConfigurations.Legacy("0.5x", [48, 96, 192], 32);

    public static TheoryData<ExportOptions> Options { get; } =
    [
        new ExportOptions(), new ExportOptions { Batch = null }, new ExportOptions { Precision = ExportPrecision.Half },
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void The_file_keeps_the_rules_of_the_format(ExportOptions options)
    {
        foreach (var configuration in new[] { Plus, Legacy })
        {
            using var network = NetworkFactory.Create(configuration, seed: 1);
            var bytes = OnnxExporter.Export(network, ExportedModel.Metadata(network, 96, 64), options);

            var file = new OnnxFile(bytes);

            Assert.Empty(file.Problems);
            Assert.Equal((6, 11), (file.IrVersion, file.OperatorSet));
            Assert.Equal(["data"], file.Inputs);
            Assert.Equal(["output"], file.Outputs);
            Assert.Equal(file.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal), file.Metadata);
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void ONNX_Runtime_loads_it_with_every_optimisation_and_with_none(ExportOptions options)
    {
        using var network = NetworkFactory.Create(Plus, seed: 1);
        var bytes = OnnxExporter.Export(network, ExportedModel.Metadata(network, 96, 64), options);

        foreach (var level in Enum.GetValues<GraphOptimizationLevel>())
        {
            using var session = ExportedModel.Open(bytes, level);
            Assert.Equal([options.Batch is null ? -1 : 1, 3, 64, 96], session.InputMetadata["data"].Dimensions);
        }
    }

    [Fact]
    public void The_file_alone_says_all_that_detecting_needs()
    {
        using var network = NetworkFactory.Create(Legacy, seed: 1);
        var metadata = ExportedModel.Metadata(network, 96, 64) with
        {
            Classes = ["RBC", "白细胞", "with \"quotes\""],
            KeepRatio = true,
            Mean = [127, 127.5, 128],
            Std = [128, 57.375, 1],
            ScoreThreshold = 0.41,
            IouThreshold = 0.55,
            MaxDetections = 7,
            Version = "1.2.3+abc",
            License = "MIT",
        };

        using var session = ExportedModel.Open(OnnxExporter.Export(network, metadata));
        var read = ModelMetadataProperties.Read(session.ModelMetadata.CustomMetadataMap);

        Assert.Equal(metadata.Classes, read.Classes);
        Assert.Equal(metadata.Strides, read.Strides);
        Assert.Equal(metadata.Mean, read.Mean);
        Assert.Equal(metadata.Std, read.Std);
        Assert.Equal(metadata, read with { Classes = metadata.Classes, Strides = metadata.Strides, Mean = metadata.Mean, Std = metadata.Std });
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes_in_every_culture()
    {
        using var network = NetworkFactory.Create(Plus, seed: 1);
        var metadata = ExportedModel.Metadata(network, 96, 64);
        var bytes = OnnxExporter.Export(network, metadata);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            using var again = NetworkFactory.Create(Plus, seed: 1);
            Assert.Equal(bytes, OnnxExporter.Export(again, metadata));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Half_precision_takes_half_the_room_and_stays_close()
    {
        using var network = NetworkFactory.Create(Plus, seed: 1);
        var metadata = ExportedModel.Metadata(network, 96, 64);
        var single = OnnxExporter.Export(network, metadata);
        var half = OnnxExporter.Export(network, metadata, new ExportOptions { Precision = ExportPrecision.Half });
        var picture = ExportedModel.Picture(1, 96, 64);

        var difference = ExportedModel.LargestDifference(
            ExportedModel.RunOnnx(single, picture, 1, 96, 64), ExportedModel.RunOnnx(half, picture, 1, 96, 64));

        Assert.InRange(half.Length, single.Length * 0.4, single.Length * 0.7);
        Assert.InRange(difference, 1e-9f, 0.02f);
    }

    [Theory]
    [InlineData(true, 1, ExportPrecision.Single)]
    [InlineData(false, 1, ExportPrecision.Single)]
    [InlineData(true, null, ExportPrecision.Single)]
    [InlineData(true, 1, ExportPrecision.Half)]
    public void Decoding_inside_the_file_finds_what_decoding_outside_finds(bool plus, int? batch, ExportPrecision precision)
    {
        using var network = NetworkFactory.Create(plus ? Plus : Legacy, seed: 1);
        Excite(network);
        var metadata = ExportedModel.Metadata(network, 96, 64) with { ScoreThreshold = 0.3, IouThreshold = 0.5, MaxDetections = 20 };
        var picture = ExportedModel.Picture(1, 96, 64);
        var model = OnnxExporter.Export(network, metadata, new ExportOptions { Batch = batch, Precision = precision });
        var predictions = ExportedModel.RunOnnx(model, picture, 1, 96, 64);
        var expected = new NonMaximumSuppression(metadata.IouThreshold, metadata.MaxDetections)
            .Apply(metadata.Decoder.Decode(predictions, 96, 64, (float)metadata.ScoreThreshold));
        Assert.Equal(20, expected.Length);

        var inside = OnnxExporter.WithDetections(model, metadata);
        Assert.Equal(inside, OnnxExporter.WithDetections(model, metadata));
        var file = new OnnxFile(inside);
        Assert.Empty(file.Problems);
        Assert.Equal(["boxes", "scores", "labels"], file.Outputs);
        Assert.Equal(new OnnxFile(model).Metadata, file.Metadata);
        using var session = ExportedModel.Open(inside);
        Assert.Equal([1, 3, 64, 96], session.InputMetadata["data"].Dimensions);
        using var input = OrtValue.CreateTensorValueFromMemory(picture, [1, 3, 64, 96]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["data"], [input], ["boxes", "scores", "labels"]);
        var boxes = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        var scores = outputs[1].GetTensorDataAsSpan<float>().ToArray();
        var labels = outputs[2].GetTensorDataAsSpan<long>().ToArray();

        Assert.Equal(expected.Select(detection => detection.Score), scores);
        Assert.Equal(expected.Select(detection => (long)detection.Label), labels);
        Assert.All(expected.Index(), entry =>
        {
            var box = entry.Item.Box;
            Assert.Equal([box.Left, box.Top, box.Right, box.Bottom], boxes.Skip(4 * entry.Index).Take(4).Select(side => (double)side), (a, b) => Math.Abs(a - b) < 1e-3);
        });
    }

    [Theory]
    [InlineData(100, 64)]
    [InlineData(64, 0)]
    [InlineData(64, -32)]
    public void A_size_that_the_network_cannot_halve_is_refused(int width, int height)
    {
        using var network = NetworkFactory.Create(Plus, seed: 1);

        var exception = Assert.Throws<NanoDetException>(() => OnnxExporter.Export(network, ExportedModel.Metadata(network, width, height)));

        Assert.Equal("NDB5001", exception.Diagnostic.Code);
    }

    [Fact]
    public void Metadata_of_another_network_is_refused()
    {
        using var network = NetworkFactory.Create(Plus, seed: 1);
        var metadata = ExportedModel.Metadata(network, 96, 64);

        Assert.Throws<ArgumentException>(() => OnnxExporter.Export(network, metadata with { Classes = ["a", "b"] }));
        Assert.Throws<ArgumentException>(() => OnnxExporter.Export(network, metadata with { Strides = [8, 16, 32] }));
    }

    // A fresh network says the same of every place; this one has an opinion.
    private static void Excite(DetectionNetwork network)
    {
        using var noGradients = no_grad();
        using var generator = new Generator(3, CPU);
        foreach (var predictor in network.Head.ClassPredictors)
        {
            predictor.weight.normal_(0, 3, generator);
            predictor.bias!.normal_(0, 1, generator);
        }
    }
}
