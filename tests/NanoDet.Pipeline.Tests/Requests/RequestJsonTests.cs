using System.Collections.Immutable;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Pipeline.Requests;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Requests;

public sealed class RequestJsonTests : IDisposable
{
    private static readonly AugmentRequest Augment = new()
    {
        Dataset = "/project/obj/dataset.json",
        ImageFolder = "/project",
        OutputFolder = "/project/obj/augmented",
        Output = "/project/obj/augmented/dataset.json",
        Preset = "imgaug-classic",
        Copies = 3,
        Seed = -5,
        Steps = [new("Multiply", ImmutableSortedDictionary.CreateRange(StringComparer.OrdinalIgnoreCase, [new("Probability", "0.5"), new KeyValuePair<string, string>("Factor", "0.8..1.2")]))],
    };

    private static readonly TrainRequest Train = new()
    {
        Configuration = "c.json",
        Dataset = "d.json",
        ImageFolder = "/画像",
        OutputFolder = "train",
        Threads = 2,
        Device = TrainingDevice.Cuda,
        Card = 1,
        Instructions = InstructionSet.Avx512,
        Precision = TrainingPrecision.BFloat16,
        Tf32 = true,
        Decision = "decision.json",
    };

    private static readonly ExportRequest Export = new()
    {
        Configuration = "c.json",
        Weights = "w.safetensors",
        Classes = ["bolt", "Schraube \"M8\""],
        Model = "m.onnx",
        Precision = ExportPrecision.Half,
        Version = "1.0.0",
    };

    private static readonly EvaluationRequest Evaluation = new() { Model = "m.onnx", Dataset = "d.json", ImageFolder = ".", Output = "e.json", Threads = 4 };
    private static readonly PreviewRequest Preview = new() { Dataset = "d.json", Configuration = "c.json", ImageFolder = ".", OutputFolder = "preview", Title = "Bolts" };

    private static readonly FindingsRequest Findings = new() { BuildFolder = "obj/nanodet", ProjectFolder = ".", Output = "findings.html", Title = "Bolts", Key = "0123" };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_the_build_writes_the_worker_reads()
    {
        Same(Augment);
        Same(Train);
        Same(Export);
        Same(Evaluation);
        Same(Preview);
        Same(Findings);
        Assert.Equal(Augment.Steps[0].Settings, Read(Augment).Steps[0].Settings);
        Assert.Equal(Train, Read(Train));
        Assert.Equal(Export.Classes, Read(Export).Classes);
        Assert.Equal(Evaluation, Read(Evaluation));
        Assert.Equal(Preview, Read(Preview));
        Assert.Equal(Findings, Read(Findings));
    }

    [Fact]
    public void Values_are_written_as_the_page_about_the_worker_says_them()
    {
        Assert.Equal(
            """
            {
              "configuration": "c.json",
              "outputFolder": "train",
              "threads": 2,
              "device": "cuda",
              "card": 1,
              "instructions": "avx512",
              "precision": "bFloat16",
              "tf32": true,
              "decision": "decision.json",
              "pictureCacheMegabytes": 1024,
              "checkpointSeconds": 300,
              "dataset": "d.json",
              "imageFolder": "/画像"
            }

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(RequestJson.Write(Train)));
    }

    [Theory]
    [InlineData("""{ "configuration": "c", "dataset": "d", "imageFolder": "i", "outputFolder": "o", "threads": 2, "devise": "cpu" }""")]
    [InlineData("""{ "configuration": "c", "dataset": "d", "imageFolder": "i", "outputFolder": "o", "threads": 2, "device": 1 }""")]
    [InlineData("""{ "configuration": "c", "dataset": "d", "imageFolder": "i", "outputFolder": "o", "threads": 0 }""")]
    [InlineData("""{ "configuration": "c", "dataset": "d", "imageFolder": null, "outputFolder": "o", "threads": 2 }""")]
    [InlineData("""{ "configuration": "c", "dataset": "d", "imageFolder": "i", "threads": 2 }""")]
    public void What_is_unknown_wrong_or_missing_is_an_error_at_its_place(string json)
    {
        var error = Assert.Throws<NanoDetException>(() => RequestJson.Read<TrainRequest>(_folder.Write("train.json", json)));
        Assert.Equal("NDB4040", error.Diagnostic.Code);
        Assert.Equal(_folder["train.json"], error.Diagnostic.Location!.Value.File);
    }

    private void Same<T>(T request)
        where T : WorkerRequest
        => Assert.Equal(RequestJson.Write(request), RequestJson.Write(Read(request)));

    private T Read<T>(T request)
        where T : WorkerRequest
    {
        File.WriteAllBytes(_folder["request.json"], RequestJson.Write(request));
        return RequestJson.Read<T>(_folder["request.json"]);
    }
}
