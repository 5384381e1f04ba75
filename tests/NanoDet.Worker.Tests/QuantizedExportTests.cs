using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Models;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Pipeline.Manifest;
using NanoDet.Pipeline.Requests;
using NanoDet.Testing;
using NanoDet.Training.Export;
using NanoDet.Training.Networks;
using NanoDet.Worker.Export;
using NanoDet.Worker.Tests.Training;

namespace NanoDet.Worker.Tests;

/// <summary>Models with 8 bits: measured on pictures of the training part, and close to the network with 32.</summary>
public sealed class QuantizedExportTests : IDisposable
{
    private static readonly ImmutableArray<string> Classes = ["bolt", "nut", "washer"];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_stays_close_has_the_same_bytes_twice_and_detects()
    {
        var configuration = WorkerTests.Configuration();
        using var network = NetworkFactory.Create(configuration.Model, seed: 1);
        network.eval();
        var request = Request(Pictures(DatasetPart.Train, DatasetPart.Train, DatasetPart.Validation));
        var metadata = configuration.MetadataFor(Classes);

        var model = QuantizedExport.Write(network, metadata, 1, request, "model.onnx", 2, TestContext.Current.CancellationToken);

        var report = ManifestJson.Read<ManifestQuantization>(request.Report, (path, reason) => throw new InvalidOperationException(path + reason));
        Assert.Equal(2, report.Pictures); // Not that of the validation.
        Assert.InRange(report.Difference, 0, 0.1);
        Assert.Equal(OnnxExporter.Quantizable(network, metadata).Convolutions, [.. report.Quantized.Concat(report.Kept).OrderBy(OnnxExporter.Quantizable(network, metadata).Convolutions.IndexOf)]);
        Assert.Equal(model, QuantizedExport.Write(network, metadata, 1, request, "model.onnx", 2, TestContext.Current.CancellationToken));
        using var detector = Detector.Load(model, "model.onnx", new DetectorOptions { ScoreThreshold = 0.001 });
        Assert.Equal(Classes, detector.Metadata.Classes);
        detector.Detect(Picture(7), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("attention.yml")]
    [InlineData("convnext.yml")]
    public void What_lies_between_convolutions_may_be_attention_or_normalization(string file)
    {
        var configuration = ConfigurationFile.Read(WholeFamilyTests.PathOf(file)).Configuration!;
        using var network = DetectionsExportTests.Opinionated(configuration.Model);
        var metadata = configuration.MetadataFor([.. Classes.Take(configuration.Model.Head.NumClasses)]);

        var model = QuantizedModel.Export(network, new CalibrationInputs(metadata, [Picture(1)], 2), 1, TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper!.WriteLine($"{file}: difference {model.Difference:F3}, {model.Quantized.Length} with 8 bits, kept: {string.Join(", ", model.Kept)}");
        Assert.InRange(model.Difference, 0, 0.2);
        Assert.True(model.Quantized.Length > model.Kept.Length);
        using var detector = Detector.Load(model.File, "model.onnx", new DetectorOptions { ScoreThreshold = 0.001 });
        detector.Detect(Picture(7), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void With_an_open_batch_several_pictures_at_once_give_what_each_gives_alone()
    {
        using var network = DetectionsExportTests.Opinionated();
        var inputs = new CalibrationInputs(WorkerTests.Configuration().MetadataFor(Classes), [Picture(1), Picture(2)], 2);
        var model = QuantizedModel.Export(network, inputs, batch: null, TestContext.Current.CancellationToken);
        using (var detector = Detector.Load(model.File, "model.onnx"))
        {
            Assert.True(detector.CanBatch);
            Assert.Equal(3, detector.Detect([Picture(7), Picture(8), Picture(9)], TestContext.Current.CancellationToken).Length);
        }

        using var settings = inputs.Settings();
        using var session = new InferenceSession(model.File, settings);
        float[][] pictures = [.. (inputs with { Pictures = [Picture(7), Picture(8), Picture(9)] }).Read().Select(input => input.GetTensorDataAsSpan<float>().ToArray())];
        float[] alone = [.. pictures.SelectMany(Run)];
        var together = Run([.. pictures.SelectMany(picture => picture)]);

        // Other kernels may round otherwise, and a number that is rounded to the next of 256 steps differs by that step.
        Assert.Equal(alone.Length, together.Length);
        var error = Math.Sqrt(alone.Zip(together, (a, b) => Math.Pow(a - b, 2)).Sum() / alone.Sum(value => value * value));
        Assert.InRange(error, 0, 0.01);
        Assert.NotEqual(Run(pictures[0]), Run(pictures[1]));

        float[] Run(float[] picture)
        {
            using var input = OrtValue.CreateTensorValueFromMemory(picture, [picture.Length / pictures[0].Length, 3, 64, 96]);
            using var run = new RunOptions();
            using var outputs = session.Run(run, ["data"], [input], ["output"]);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
    }

    [Fact]
    public void Without_pictures_in_the_training_part_there_is_no_model()
    {
        using var network = NetworkFactory.Create(WorkerTests.Configuration().Model, seed: 1);
        var request = Request(Pictures(DatasetPart.Validation, DatasetPart.Test));

        Assert.Equal("NDB5005", Refused(network, request));
        Assert.False(File.Exists(request.Report));
    }

    [Fact]
    public void Weights_that_are_no_numbers_give_no_model()
    {
        using var network = NetworkFactory.Create(WorkerTests.Configuration().Model, seed: 1);
        using (TorchSharp.torch.no_grad())
        {
            network.Head.ClassPredictors.First().bias!.fill_(float.NaN);
        }

        Assert.Equal("NDB5004", Refused(network, Request(Pictures(DatasetPart.Train))));
    }

    [Fact]
    public void A_picture_that_changed_since_the_plan_ends_it()
    {
        using var network = NetworkFactory.Create(WorkerTests.Configuration().Model, seed: 1);
        var request = Request(Pictures(DatasetPart.Train));
        File.WriteAllBytes(_folder["0.png"], ImageEncoder.EncodePng(Picture(9)));

        Assert.Equal("NDB1206", Refused(network, request));
    }

    [Fact]
    public void The_published_weights_lose_little_and_keep_the_first_convolution()
    {
        var configuration = WorkerTests.Configuration(classes: 80, width: 416, height: 416, channels: 96, size: "1.0x", inChannels: [116, 232, 464]);
        using var network = TrainedNetwork.Load(configuration.Model, SharedData.Path("models/nanodet-plus-m_416.pth"), CocoClasses.Names);
        var pictures = Directory.GetFiles(SharedData.Path("datasets/coco-tiny"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(8).ToList();

        var model = QuantizedModel.Export(
            network, new CalibrationInputs(configuration.MetadataFor(CocoClasses.Names), pictures.Select(path => ImageDecoder.Load(path)), 2), 1, TestContext.Current.CancellationToken);

        Assert.InRange(model.File.Length, 1, 1_600_000);
        Assert.InRange(model.Difference, 0.01, 0.3);
        Assert.Contains("backbone.conv1.0", model.Kept);
    }

    private static string Refused(DetectionNetwork network, CalibrationRequest request)
    {
        network.eval();
        return Assert.Throws<NanoDetException>(() => QuantizedExport.Write(
            network, WorkerTests.Configuration().MetadataFor(Classes), 1, request, "model.onnx", 2, TestContext.Current.CancellationToken)).Diagnostic.Code;
    }

    private Dataset Pictures(params DatasetPart[] parts) => new(Classes, [.. parts.Select((part, i) =>
    {
        File.WriteAllBytes(_folder[$"{i}.png"], ImageEncoder.EncodePng(Picture(i)));
        return new DatasetImage($"{i}.png", ContentHash.OfFile(_folder[$"{i}.png"]).ToString(), 96, 64, part, [new DatasetObject(1, new(10, 10, 40, 40))]);
    })]);

    private CalibrationRequest Request(Dataset dataset)
    {
        File.WriteAllBytes(_folder["dataset.json"], DatasetFile.ToJson(dataset).ToArray());
        return new CalibrationRequest
        {
            Dataset = _folder["dataset.json"],
            ImageFolder = _folder.FullPath,
            UnquantizedModel = _folder["model.fp32.onnx"],
            Report = _folder["quantization.json"],
        };
    }

    private static PixelImage Picture(int seed)
    {
        var pixels = new byte[96 * 64 * 4];
        new Random(seed).NextBytes(pixels);
        return new PixelImage(96, 64, pixels);
    }
}
