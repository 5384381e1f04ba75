using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Models;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation.Details;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Testing;
using NanoDet.Training.Export;
using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights;
using NanoDet.Worker.Export;
using static TorchSharp.torch;

namespace NanoDet.Worker.Tests;

public sealed class WorkerTests
{
    private static readonly ImmutableArray<string> Classes = ["RBC", "白细胞", "Platelets"];

    [Fact]
    public void Trained_weights_become_a_model_that_detects_and_is_judged()
    {
        using var folder = new TestFolder("模型 with spaces");
        Train(folder, Configuration());
        File.WriteAllBytes(folder["a.png"], ImageEncoder.EncodePng(new PixelImage(96, 64, new byte[96 * 64 * 4])));
        var image = new DatasetImage("a.png", ContentHash.OfFile(folder["a.png"]).ToString(), 96, 64, DatasetPart.Validation, [new DatasetObject(1, new(10, 10, 40, 40))]);
        var dataset = new Dataset(Classes, [image, image with { Part = DatasetPart.Train }]);
        File.WriteAllBytes(folder["dataset.json"], DatasetFile.ToJson(dataset).ToArray());

        Assert.Equal((0, ""), RunAtHome(folder, "export", Request(folder, new
        {
            configuration = folder["configuration.json"],
            weights = folder["weights.safetensors"],
            classes = Classes,
            model = folder["model.onnx"],
            batch = "open",
            detections = new { model = folder["detections.onnx"], dataset = folder["dataset.json"], imageFolder = folder.FullPath },
            version = "1.2.0",
        })));
        using (var detector = Detector.Load(folder["model.onnx"]))
        {
            Assert.Equal(Classes, detector.Metadata.Classes);
            Assert.Equal((96, 64, "1.2.0"), (detector.Metadata.InputWidth, detector.Metadata.InputHeight, detector.Metadata.Version));
        }

        Assert.True(File.Exists(folder["detections.onnx"]));

        Assert.Equal((0, ""), RunAtHome(folder, "evaluate", Request(folder, new
        {
            model = folder["model.onnx"],
            dataset = folder["dataset.json"],
            imageFolder = folder.FullPath,
            output = folder["evaluation.json"],
            preview = folder["preview.png"],
            details = folder["details.json"],
        })));
        // ONNX Runtime has not begun to describe this machine to anybody.
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(folder["home"], "*", SearchOption.AllDirectories), entry => entry.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase));
        using var evaluation = JsonDocument.Parse(File.ReadAllText(folder["evaluation.json"]));
        var validation = evaluation.RootElement.GetProperty("validation");
        Assert.Equal(1, validation.GetProperty("images").GetInt32());
        Assert.Equal(JsonValueKind.Null, evaluation.RootElement.GetProperty("test").ValueKind);
        Assert.Equal(Classes, validation.GetProperty("classes").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!));
        Assert.NotEmpty(evaluation.RootElement.GetProperty("packages").GetProperty("TorchSharp").GetString()!);
        Assert.True(ImageDecoder.Load(folder["preview.png"]).Width > 300);
        var details = ManifestJson.Read<EvaluationDetails>(folder["details.json"], (_, reason) => throw new InvalidDataException(reason));
        Assert.Equal(validation.GetProperty("bestThreshold") is { ValueKind: JsonValueKind.Number } best ? best.GetDouble() : ModelMetadata.DefaultScoreThreshold, details.Threshold);
        Assert.Equal(Classes.Length, details.Validation!.Classes.Length);
        Assert.Null(details.Test);
        Assert.All(details.Validation.Worst, image => Assert.Equal(Math.Min(image.Width, 480), ImageDecoder.Decode(image.Jpeg, image.Path).Width));
    }

    [Fact]
    public void A_failure_is_one_canonical_line_and_no_file()
    {
        using var folder = new TestFolder();
        Train(folder, Configuration());
        var other = folder.Write("other.json", "{}");
        var request = Request(folder, new { configuration = other, weights = folder["weights.safetensors"], classes = Classes, model = folder["model.onnx"] });

        var (code, output) = Run("export", request);

        Assert.Equal(1, code);
        Assert.StartsWith($"{other}(", output, StringComparison.Ordinal);
        Assert.Contains("): error NDB3018: ", output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["model.onnx"]));
    }

    [Theory]
    [InlineData("{", "NDB4040")]
    [InlineData("{\"wieghts\": \"a\"}", "NDB4040")]
    [InlineData("null", "NDB4040")]
    public void A_request_that_makes_no_sense_is_refused(string content, string code)
    {
        using var folder = new TestFolder();

        var (exit, output) = Run("export", folder.Write("request.json", content));

        Assert.Equal(1, exit);
        Assert.Contains($": error {code}: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_network_are_refused_by_the_name_of_the_first_tensor()
    {
        using var folder = new TestFolder();
        var configuration = Configuration();
        Train(folder, configuration);
        var wider = configuration.Model with
        {
            Neck = configuration.Model.Neck with { OutChannels = 64 },
            Head = configuration.Model.Head with { InputChannel = 64 },
            AuxiliaryHead = configuration.Model.AuxiliaryHead! with { InputChannel = 128, FeatChannels = 128 },
        };

        var diagnostic = Assert.Throws<NanoDetException>(() => TrainedNetwork.Load(wider, folder["weights.safetensors"], Classes)).Diagnostic;

        Assert.Equal("NDB5003", diagnostic.Code);
        Assert.Contains("fpn.reduce_layers.0.conv.weight", diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExportPrecision.Single)]
    [InlineData(ExportPrecision.Half)]
    public void A_model_that_computes_something_else_is_not_shipped(ExportPrecision precision)
    {
        var configuration = Configuration();
        using var network = NetworkFactory.Create(configuration.Model, seed: 1);
        var options = new ExportOptions { Precision = precision };
        var metadata = configuration.MetadataFor(Classes);
        var model = OnnxExporter.Export(network, metadata, options);
        ParityCheck.Require(network, model, metadata, options, "model.onnx");

        // One bias, moved after the export.
        using (no_grad())
        {
            network.Head.ClassPredictors.First().bias!.add_(precision == ExportPrecision.Half ? 0.5 : 0.01);
        }

        Assert.Equal("NDB5002", Assert.Throws<NanoDetException>(
            () => ParityCheck.Require(network, model, metadata, options, "model.onnx")).Diagnostic.Code);
    }

    [Theory]
    [InlineData(ExportPrecision.Single)]
    [InlineData(ExportPrecision.Half)]
    public void The_published_weights_agree_after_export(ExportPrecision precision)
    {
        var configuration = Configuration(classes: 80, width: 416, height: 416, channels: 96, size: "1.0x", inChannels: [116, 232, 464]);
        using var network = TrainedNetwork.Load(configuration.Model, SharedData.Path("models/nanodet-plus-m_416.pth"), CocoClasses.Names);
        var (options, metadata) = (new ExportOptions { Precision = precision }, configuration.MetadataFor(CocoClasses.Names));

        ParityCheck.Require(network, OnnxExporter.Export(network, metadata, options), metadata, options, "model.onnx");
    }

    private static void Train(TestFolder folder, NanoDetConfiguration configuration)
    {
        using var network = NetworkFactory.Create(configuration.Model, seed: 1);
        File.WriteAllBytes(folder["configuration.json"], ConfigurationJson.Write(configuration));
        SafetensorsWriter.Write(folder["weights.safetensors"], new WeightSet(
            new(StateDict.Of(network).Where(entry => entry.Value.dtype == ScalarType.Float32).Select(entry => KeyValuePair.Create(
                entry.Key, WeightTensor.Of(entry.Value.detach().data<float>().ToArray(), entry.Value.shape)))),
            new Dictionary<string, string>()));
    }

    private static string Request(TestFolder folder, object request)
        => folder.Write("request.json", JsonSerializer.Serialize(request));

    /// <summary>Runs the program as the build does.</summary>
    private static (int ExitCode, string Output) Run(string verb, string request) => Run(verb, request, _ => { });

    /// <summary>Runs in an empty home, and not as on a build server, where ONNX Runtime is silent anyway.</summary>
    private static (int ExitCode, string Output) RunAtHome(TestFolder folder, string verb, string request) => Run(verb, request, environment =>
    {
        foreach (var name in environment.Keys.Where(name => name is "CI" or "TF_BUILD" || name.StartsWith("XDG_", StringComparison.Ordinal) || name.StartsWith("GITHUB_", StringComparison.Ordinal)).ToList())
        {
            environment.Remove(name);
        }

        environment["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        environment[OperatingSystem.IsWindows() ? "LOCALAPPDATA" : "HOME"] = Directory.CreateDirectory(folder["home"]).FullName;
    });

    private static (int ExitCode, string Output) Run(string verb, string request, Action<IDictionary<string, string?>> change)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        change(start.Environment);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "NanoDet.Worker.dll"));
        start.ArgumentList.Add(verb);
        start.ArgumentList.Add(request);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    internal static NanoDetConfiguration Configuration(
        int classes = 3, int width = 96, int height = 64, int channels = 32, string size = "0.5x", int[]? inChannels = null) => new()
        {
            Model = new ModelConfiguration
            {
                Architecture = Architecture.NanoDetPlus,
                Backbone = new ShuffleNetV2Configuration(size) { Activation = Activation.LeakyReLU },
                Neck = new GhostPanConfiguration
                {
                    InChannels = [.. inChannels ?? [48, 96, 192]],
                    OutChannels = channels,
                    NumExtraLevel = 1,
                    UseDepthwise = true,
                    Activation = Activation.LeakyReLU,
                },
                Head = new NanoDetPlusHeadConfiguration { NumClasses = classes, InputChannel = channels, FeatChannels = channels, Strides = [8, 16, 32, 64] },
                AuxiliaryHead = new SimpleConvHeadConfiguration
                {
                    NumClasses = classes,
                    InputChannel = 2 * channels,
                    FeatChannels = 2 * channels,
                    StackedConvs = 4,
                    Strides = [8, 16, 32, 64],
                },
            },
            Train = new InputConfiguration { Width = width, Height = height, Pipeline = new PipelineConfiguration() },
            Validation = new InputConfiguration { Width = width, Height = height, Pipeline = new PipelineConfiguration() },
            BatchSize = 2,
            Schedule = new ScheduleConfiguration
            {
                Optimizer = new AdamWConfiguration { LearningRate = 0.001 },
                Warmup = new WarmupConfiguration(WarmupKind.Linear, 1, 0.1),
                LearningRate = new CosineAnnealingConfiguration(1, 0),
                TotalEpochs = 1,
            },
        };
}
