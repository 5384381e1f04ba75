using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Models;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Pipeline.Requests;
using NanoDet.Testing;
using NanoDet.Training.Export;
using NanoDet.Training.Networks;
using NanoDet.Worker.Export;
using static TorchSharp.torch;

namespace NanoDet.Worker.Tests;

/// <summary>Files with the decoding inside: they find on pictures what the library finds with the model, or are not written.</summary>
public sealed class DetectionsExportTests : IDisposable
{
    private static readonly ImmutableArray<string> Classes = ["bolt", "nut", "washer"];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_finds_what_the_library_finds_with_the_same_model(bool quantized)
    {
        using var network = Opinionated();
        var metadata = Metadata();
        var request = Request(DatasetPart.Train, DatasetPart.Train, DatasetPart.Validation);
        var inputs = new CalibrationInputs(metadata, [Picture(0), Picture(1)], 2);
        var model = quantized
            ? QuantizedModel.Export(network, inputs, 1, TestContext.Current.CancellationToken).File
            : OnnxExporter.Export(network, metadata);

        var file = DetectionsExport.Make(model, metadata, request, "model.onnx", 2, TestContext.Current.CancellationToken);

        var agreement = DetectionsAgreement.Of(model, file, inputs, TestContext.Current.CancellationToken);
        Assert.InRange(agreement.Total, 20, 400); // It does not agree because nothing is found.
        Assert.Equal(0, agreement.Alone);
        Assert.Equal(file, DetectionsExport.Make(model, metadata, request, "model.onnx", 2, TestContext.Current.CancellationToken));
        var refused = Assert.Throws<NanoDetException>(() => Detector.Load(file, "model.detections.onnx")).Diagnostic;
        Assert.Equal("NDB6006", refused.Code);
        Assert.Contains("decoding inside", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_thresholds_or_scores_inside_are_seen()
    {
        using var network = Opinionated();
        var metadata = Metadata();
        var inputs = new CalibrationInputs(metadata, [Picture(0), Picture(1)], 2);
        var model = OnnxExporter.Export(network, metadata);
        foreach (var other in new[] { metadata with { IouThreshold = 0.1 }, metadata with { ScoreThreshold = 0.7 }, metadata with { CentredPriors = !metadata.CentredPriors } })
        {
            var agreement = DetectionsAgreement.Of(model, OnnxExporter.WithDetections(model, other), inputs, TestContext.Current.CancellationToken);

            Assert.Equal("NDB5007", Assert.Throws<NanoDetException>(() => DetectionsExport.Require(agreement, "model.onnx")).Diagnostic.Code);
        }
    }

    [Fact]
    public void Without_pictures_in_the_training_part_there_is_no_file()
    {
        using var network = Opinionated();
        var model = OnnxExporter.Export(network, Metadata());

        var refused = Assert.Throws<NanoDetException>(() => DetectionsExport.Make(
            model, Metadata(), Request(DatasetPart.Validation, DatasetPart.Test), "model.onnx", 2, TestContext.Current.CancellationToken)).Diagnostic;

        Assert.Equal("NDB5005", refused.Code);
        Assert.Contains("NanoDetExportDetections", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A network with an opinion: a fresh one says the same of every place.</summary>
    internal static DetectionNetwork Opinionated(ModelConfiguration? model = null)
    {
        var network = NetworkFactory.Create(model ?? WorkerTests.Configuration().Model, seed: 1);
        using var noGradients = no_grad();
        using var generator = new Generator(3, CPU);
        foreach (var predictor in network.Head.ClassPredictors)
        {
            predictor.weight.normal_(0, 3, generator);
            predictor.bias!.normal_(0, 1, generator);
        }

        network.eval();
        return network;
    }

    private static ModelMetadata Metadata() => WorkerTests.Configuration().MetadataFor(Classes) with { ScoreThreshold = 0.3, IouThreshold = 0.5 };

    private DetectionsRequest Request(params DatasetPart[] parts)
    {
        var dataset = new Dataset(Classes, [.. parts.Select((part, i) =>
        {
            File.WriteAllBytes(_folder[$"{i}.png"], ImageEncoder.EncodePng(Picture(i)));
            return new DatasetImage($"{i}.png", ContentHash.OfFile(_folder[$"{i}.png"]).ToString(), 96, 64, part, [new DatasetObject(1, new(10, 10, 40, 40))]);
        })]);
        File.WriteAllBytes(_folder["dataset.json"], DatasetFile.ToJson(dataset).ToArray());
        return new DetectionsRequest { Model = _folder["model.detections.onnx"], Dataset = _folder["dataset.json"], ImageFolder = _folder.FullPath };
    }

    /// <summary>A picture of noise.</summary>
    internal static PixelImage Picture(int seed)
    {
        var pixels = new byte[96 * 64 * 4];
        new Random(seed).NextBytes(pixels);
        return new PixelImage(96, 64, pixels);
    }
}
