using System.Globalization;
using System.Text;
using NanoDet.Build.Tests.Infrastructure;

namespace NanoDet.Build.Tests;

/// <summary>The score threshold of a model, by real builds with a tiny network.</summary>
public sealed class ThresholdTests(PackageFeed feed)
{
    private const string Output = "bin/Debug/netstandard2.0/";

    [Fact]
    public async Task A_model_has_the_threshold_that_was_measured_unless_the_project_sets_another()
    {
        using var project = BuildProject.OfModel(feed, epochs: 120); // with 40, rounding decides whether it detects anything
        var first = await project.ExpectStagesAsync("split convert train export evaluate");
        var validation = project.Json($"{Output}Model.manifest.json").GetProperty("evaluation").GetProperty("validation");
        var measured = validation.GetProperty("bestThreshold").GetDouble();
        Assert.InRange(measured, 0.05, 1);
        Assert.All(validation.GetProperty("classes").EnumerateArray(), entry => Assert.True(!entry.TryGetProperty("bestThreshold", out var best) || best.GetDouble() is > 0 and < 1));
        Expect(measured, "Model.onnx");
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"  score threshold {measured}, the best on these images: mean F1 "), first.Output, StringComparison.Ordinal);

        // What a program has without a word about it.
        var program = new DetectingProgram(
            project, "program", """<ProjectReference Include="../model/Model.proj" />""",
            code: """
                using var own = Detecting.ModelInfo.Load();
                Console.WriteLine(FormattableString.Invariant($"{own.Metadata.ScoreThreshold:R} {Detecting.ModelInfo.ScoreThreshold:R}"));
                """);
        await program.ExpectAsync("build", "-p:NanoDetStore=");
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{measured} {measured}"), (await program.DetectAsync(project.Folder["images/img0.png"]))[^1]);

        // Nothing runs, and no file is touched.
        var (bytes, written) = (Bytes("Model.onnx"), File.GetLastWriteTimeUtc(project.Folder[$"{Output}Model.onnx"]));
        await project.ExpectStagesAsync("");
        Assert.Equal(bytes, Bytes("Model.onnx"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(project.Folder[$"{Output}Model.onnx"]));

        // Another one costs an evaluation, whose picture shows it, and makes another file. What was exported stays as it was.
        var sheet = Bytes("Model.preview.png");
        var other = await project.ExpectStagesAsync("evaluate", "-p:NanoDetScoreThreshold=0.999");
        Assert.Contains("evaluate will run because NanoDetScoreThreshold is now '0.999'", other.Output, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"  score threshold 0.999; the best on these images is {measured}: mean F1 "), other.Output, StringComparison.Ordinal);
        Expect(0.999, "Model.onnx");
        Assert.NotEqual(sheet, Bytes("Model.preview.png"));
        await project.ExpectStagesAsync("", "-p:NanoDetScoreThreshold=0.999");
        await project.ExpectStagesAsync("evaluate");
        Assert.Equal(bytes, Bytes("Model.onnx"));

        // Every file of a model has the same.
        await project.ExpectStagesAsync("export evaluate", "-p:NanoDetScoreThreshold=0.42", "-p:NanoDetPrecision=Int8", "-p:NanoDetExportDetections=true");
        Expect(0.42, "Model.onnx", "Model.fp32.onnx", "Model.detections.onnx");

        void Expect(double threshold, params string[] files)
        {
            Assert.Equal(threshold, project.Json($"{Output}Model.manifest.json").GetProperty("model").GetProperty("scoreThreshold").GetDouble());
            foreach (var file in files)
            {
                // The pair of the metadata, as protocol buffers write it.
                var text = threshold.ToString("R", CultureInfo.InvariantCulture);
                Assert.Equal(1, Bytes(file).AsSpan().Count(Encoding.UTF8.GetBytes($"nanodet.score_threshold\u0012{(char)text.Length}{text}")));
            }
        }

        byte[] Bytes(string file) => File.ReadAllBytes(project.Folder[Output + file]);
    }
}
