using System.Diagnostics;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Detection;
using NanoDet.Testing;

namespace NanoDet.Worker.Tests.Training;

/// <summary>
/// A configuration of every kind trains ten steps on real pictures, is killed and resumes to the same bytes, is exported and agrees
/// with ONNX Runtime, and detects. With <c>NANODET_ALL_CONFIGURATIONS=1</c> those are the files that the original ships, each at its own size.
/// </summary>
public sealed class WholeFamilyTests
{
    private const int Epochs = 5; // two steps each
    private const int BatchSize = 2;
    private const int KilledAtStep = 5;

    private static readonly string[] Own = ["plus.yml", "attention.yml", "repvgg.yml", "convnext.yml"];

    public static TheoryData<string> OwnFiles => [.. Own];

    public static TheoryData<string> ShippedFiles { get; } =
    [
        "convnext/nanodet-plus_convnext-nano_640.yml",
        "legacy_v0.x_configs/Transformer/nanodet-t.yml",
        "legacy_v0.x_configs/RepVGG/nanodet-RepVGG-A0_416.yml",
        "legacy_v0.x_configs/EfficientNet-Lite/nanodet-EfficientNet-Lite0_320.yml",
        "legacy_v0.x_configs/nanodet-g.yml",
        "legacy_v0.x_configs/EfficientNet-Lite/nanodet-EfficientNet-Lite1_416.yml",
        "legacy_v0.x_configs/EfficientNet-Lite/nanodet-EfficientNet-Lite2_512.yml",
        "nanodet-plus-m_320.yml",
        "nanodet_custom_xml_dataset.yml",
        "legacy_v0.x_configs/nanodet-m.yml",
        "legacy_v0.x_configs/nanodet-m-0.5x.yml",
        "nanodet-plus-m_416-yolo.yml",
        "nanodet-plus-m-1.5x_320.yml",
        "legacy_v0.x_configs/nanodet-m-1.5x.yml",
        "nanodet-plus-m_416.yml",
        "legacy_v0.x_configs/nanodet-m-416.yml",
        "nanodet-plus-m-1.5x_416.yml",
        "legacy_v0.x_configs/nanodet-m-1.5x-416.yml",
    ];

    [Theory]
    [MemberData(nameof(OwnFiles))]
    public void A_file_trains_resumes_exports_and_detects(string file)
        => Run(PathOf(file), VocFolder.Fasteners());

    /// <summary>One of our own files.</summary>
    internal static string PathOf(string file) => Path.Combine(Repository.Root, "tests", "NanoDet.Worker.Tests", "Training", "Configurations", file);

    [Theory]
    [MemberData(nameof(ShippedFiles))]
    public void A_shipped_file_trains_resumes_exports_and_detects(string file)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NANODET_ALL_CONFIGURATIONS") == "1", "it takes minutes: NANODET_ALL_CONFIGURATIONS is not 1");
        Run(SharedData.Path($"configs/{file}"), VocFolder.BloodCells());
    }

    private static void Run(string file, VocFolder data)
    {
        var clock = Stopwatch.StartNew();
        var configuration = Configuration(file, data.Dataset);
        using var work = new TrainingWorkplace(data.Dataset, data.Images, configuration);
        Assert.Equal(0, work.Train("whole").ExitCode);
        var trained = clock.Elapsed;

        work.Kill("stopped", KilledAtStep);
        var (code, lines) = work.Train("stopped");

        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.Contains("resumed at", StringComparison.Ordinal));
        work.RequireSameResult("whole", "stopped");
        var (model, resumed) = (work["model.onnx"], clock.Elapsed);
        Export(work, data.Dataset, model);
        using var detector = Detector.Load(model, new DetectorOptions { ScoreThreshold = 1e-3 });
        var picture = data.Dataset.Images[^1];
        var found = detector.Detect(Path.Combine(data.Images, picture.Path));

        Assert.NotEmpty(found);
        Assert.All(found, one => Assert.Contains(one.Name, data.Dataset.Classes));
        Assert.All(found, one => Assert.True(one.Box is { Left: >= 0, Top: >= 0 } && one.Box.Right <= picture.Width && one.Box.Bottom <= picture.Height));
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(
            $"{Path.GetFileName(file)}: ten steps {trained.TotalSeconds:F0} s, again with a kill {(resumed - trained).TotalSeconds:F0} s, export and detection {(clock.Elapsed - resumed).TotalSeconds:F0} s"));
    }

    /// <summary>The file for the classes of these pictures and for ten steps; everything else is the file's.</summary>
    private static NanoDetConfiguration Configuration(string file, Dataset dataset)
    {
        var shipped = ConfigurationFile.Read(file).Configuration;
        Assert.NotNull(shipped);
        var configuration = shipped with
        {
            BatchSize = BatchSize,
            ClassNames = dataset.Classes,
            LogInterval = 1,
            Model = shipped.Model with
            {
                Head = shipped.Model.Head with { NumClasses = dataset.Classes.Length },
                AuxiliaryHead = shipped.Model.AuxiliaryHead is { } auxiliary ? auxiliary with { NumClasses = dataset.Classes.Length } : null,
            },
            Schedule = shipped.Schedule with { TotalEpochs = Epochs, ValidationInterval = Epochs },
        };
        Assert.DoesNotContain(
            EffectiveConfiguration.Check(configuration, dataset.Classes, dataset.Of(DatasetPart.Train).Count(), _ => null),
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return configuration;
    }

    private static void Export(TrainingWorkplace work, Dataset dataset, string model)
    {
        var request = work.Write("export.request.json", JsonSerializer.Serialize(new
        {
            configuration = work["configuration.json"],
            weights = work["whole/model.safetensors"],
            classes = dataset.Classes,
            model,
        }));
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "NanoDet.Worker.dll"), "export", request]) { RedirectStandardOutput = true })!;
        var (code, lines) = TrainingWorkplace.End(process);
        Assert.True(code == 0, string.Join("\n", lines));
    }
}
