using NanoDet.Core.Detections;
using NanoDet.Core.Models;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Detection;
using NanoDet.Testing;
using NanoDet.Training.Conversion;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Tests.Conversion;

/// <summary>The weights that people have: from one form into each other and back, nothing is detected that was not detected before.</summary>
public sealed class PublishedConversionTests : IDisposable
{
    private const string Plus = "nanodet-plus-m_416";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Published_weights_detect_the_same_after_every_way_through_other_forms()
    {
        var published = SharedData.Path($"models/{Plus}.pth");
        var ours = ConvertedNetwork.Convert(published, _folder[$"{Plus}.safetensors"]);
        var expected = Detect(ours, "ours");
        Assert.True(expected.Sum(found => found.Length) >= 10);

        RequireSame(expected, Detect(Back(ours, "ncnn.param"), "ncnn"));
        RequireSame(expected, Detect(Back(ours, "onnx.onnx"), "onnx"));
        RequireSame(expected, Detect(Back(ours, "torch.pth"), "torch"));
    }

    [Fact]
    public void The_published_ONNX_model_becomes_weights_that_detect_what_it_detects()
    {
        var published = SharedData.Path($"models/{Plus}.onnx");
        var (report, network, _, _) = new WeightConversion { Input = published, Output = _folder[$"{Plus}.pth"] }.Run();

        Assert.Equal(Plus, network);
        Assert.Equal(0, report.Count(WeightOutcome.Skipped));
        Assert.All(report.Rows.Where(row => row.Outcome == WeightOutcome.Renewed), row => Assert.Matches("^aux_|num_batches_tracked$|distribution_project", row.Name));
        RequireSame(Detect(ConvertedNetwork.Convert(SharedData.Path($"models/{Plus}.pth"), _folder["a.safetensors"]), "weights"), Detect(_folder[$"{Plus}.pth"], "onnx"));
    }

    [Theory]
    [InlineData("nanodet_m.pth")]
    [InlineData("nanodet_m.legacy-pickle.ckpt")]
    public void Published_weights_of_the_first_NanoDet_are_found_among_the_presets(string file)
    {
        var (report, network, _, _) = new WeightConversion { Input = SharedData.Path($"models/{file}"), Output = _folder["a.param"] }.Run();

        Assert.Equal("nanodet-m", network);
        Assert.Equal(353, report.Count(WeightOutcome.Loaded));
        var (_, back, _, _) = new WeightConversion { Input = _folder["a.param"], Output = _folder["a.onnx"] }.Run();
        Assert.Equal("nanodet-m", back);
    }

    /// <summary>What the published files fill in each preset, by the number of tensors: all of it, by class, renewed, and left over.</summary>
    [Theory]
    [InlineData("nanodet-plus-m_416.pth", "nanodet-plus-m_320", 530, 8, 0)]
    [InlineData("nanodet-plus-m_416.pth", "nanodet-plus-m_416", 530, 8, 0)]
    [InlineData("nanodet-plus-m_416.pth", "nanodet-m", 329, 6, 197)]
    [InlineData("nanodet-plus-m_416.pth", "nanodet-m-416", 329, 6, 197)]
    [InlineData("nanodet_m.pth", "nanodet-m", 347, 6, 0)]
    [InlineData("nanodet_m.pth", "nanodet-m-416", 347, 6, 0)]
    [InlineData("nanodet_m.pth", "nanodet-plus-m_320", 329, 6, 12)]
    [InlineData("nanodet_m.pth", "nanodet-plus-m_416", 329, 6, 12)]
    public void Published_weights_start_every_preset_that_they_fit(string file, string preset, int loaded, int byClass, int leftOver)
    {
        using var network = NetworkFactory.Create(Preset.Create(preset, ["red", "green", "blue"])!.Model, seed: 1);

        var report = ModelWeights.Load(file, WeightFile.Read(SharedData.Path($"models/{file}")), network, ["red", "green", "blue"]);

        Assert.Equal((loaded, byClass, leftOver), (report.Count(WeightOutcome.Loaded), report.Count(WeightOutcome.KnownClasses), report.Count(WeightOutcome.Skipped)));
        Assert.DoesNotContain(report.Rows, row => row.Outcome == WeightOutcome.Renewed && row.Name.StartsWith("backbone.", StringComparison.Ordinal));
    }

    private string Back(string ours, string name)
    {
        var converted = ConvertedNetwork.Convert(ours, _folder[$"{Plus}.{name}"]);
        return ConvertedNetwork.Convert(converted, _folder[$"{Plus}.{name}.safetensors"], Plus);
    }

    private DetectedObject[][] Detect(string weights, string name)
    {
        var model = ConvertedNetwork.Convert(weights, _folder[$"{Plus}-{name}.onnx"], Plus);
        using var detector = Detector.Load(model);
        Assert.Equal(CocoClasses.Names, detector.Metadata.Classes);
        return [.. Directory.EnumerateFiles(SharedData.Path("media"), "*.jpg").Order(StringComparer.Ordinal)
            .Select(picture => detector.Detect(picture, TestContext.Current.CancellationToken).ToArray())];
    }

    private static void RequireSame(DetectedObject[][] expected, DetectedObject[][] found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair =>
        {
            Assert.Equal(pair.First.Select(item => item.Label), pair.Second.Select(item => item.Label));
            Assert.All(pair.First.Zip(pair.Second), boxes =>
            {
                Assert.Equal(boxes.First.Score, boxes.Second.Score, 1e-4f);
                Assert.Equal(boxes.First.Box.Left, boxes.Second.Box.Left, 0.05f);
                Assert.Equal(boxes.First.Box.Top, boxes.Second.Box.Top, 0.05f);
                Assert.Equal(boxes.First.Box.Right, boxes.Second.Box.Right, 0.05f);
                Assert.Equal(boxes.First.Box.Bottom, boxes.Second.Box.Bottom, 0.05f);
            });
        });
    }
}
