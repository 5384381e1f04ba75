using NanoDet.Core.Models;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Imaging.Colors;
using NanoDet.Imaging.Warping;
using NanoDet.Testing;
using NanoDet.Training.Export;
using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Tests.Networks;
using NanoDet.Training.Weights;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Export;

/// <summary>The published weights, through our reader, network and exporter, against the published export.</summary>
public class OfficialModelTests
{
    private static readonly PixelSize Size = new(416, 416);

    [Fact]
    public void Our_export_of_the_published_weights_computes_what_the_published_export_computes()
    {
        var official = File.ReadAllBytes(SharedData.Path("models/nanodet-plus-m_416.onnx"));
        using var network = Published();
        var metadata = ExportedModel.Metadata(network, Size.Width, Size.Height) with { Classes = CocoClasses.Names };
        var ours = OnnxExporter.Export(network, metadata);

        foreach (var picture in Directory.EnumerateFiles(SharedData.Path("media"), "*.jpg").Order(StringComparer.Ordinal))
        {
            var input = Input(ImageDecoder.Load(picture));
            var difference = ExportedModel.LargestDifference(
                ExportedModel.RunOnnx(official, input, 1, Size.Width, Size.Height), ExportedModel.RunOnnx(ours, input, 1, Size.Width, Size.Height));
            Assert.True(difference <= 1e-3, $"{Path.GetFileName(picture)}: the largest difference is {difference}");
        }
    }

    [Fact]
    public void Our_detector_runs_our_export_without_being_told_anything()
    {
        using var network = Published();
        var metadata = ExportedModel.Metadata(network, Size.Width, Size.Height) with { Classes = CocoClasses.Names, ScoreThreshold = 0.5 };
        using var detector = Detector.Load(OnnxExporter.Export(network, metadata), "ours.onnx");

        var found = detector.Detect(SharedData.Path("media/dog.jpg"), TestContext.Current.CancellationToken);

        Assert.Equal(["bicycle", "dog", "car"], found.Select(detection => detector.Metadata.Classes[detection.Label]));
    }

    private static float[] Input(PixelImage image)
    {
        var tensor = new float[TensorWarp.LengthOf(Size)];
        var matrix = ResizePolicy.Matrix(image.Size, Size, keepRatio: false);
        TensorWarp.Write(image, matrix, Size, new Normalization(ModelMetadata.UsualMean, ModelMetadata.UsualStd), ColorJitter.None, tensor, Size);
        return tensor;
    }

    private static DetectionNetwork Published()
    {
        var weights = WeightFile.Read(SharedData.Path("models/nanodet-plus-m_416.pth"));
        var configuration = NetworkConfigurations.Plus("1.0x", [116, 232, 464], 96);
        var network = NetworkFactory.Create(configuration with { Head = configuration.Head with { NumClasses = 80 }, AuxiliaryHead = configuration.AuxiliaryHead! with { NumClasses = 80 } }, seed: 0);
        using var noGradients = no_grad();
        foreach (var (name, value) in StateDict.Of(network))
        {
            // The file holds what inference needs; counters of batches have no part in it.
            if (!name.StartsWith("aux_", StringComparison.Ordinal) && !name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            {
                value.copy_(tensor(weights.Tensors[name].ToSingles(), value.shape));
            }
        }

        network.eval();
        return network;
    }
}
