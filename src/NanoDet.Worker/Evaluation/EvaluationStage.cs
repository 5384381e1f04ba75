using System.Text.Encodings.Web;
using System.Text.Json;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Detection;
using NanoDet.Detection.Evaluation;

namespace NanoDet.Worker.Evaluation;

/// <summary>Judges an exported file with the code that the tool detects with, and writes the figures down.</summary>
internal static class EvaluationStage
{
    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Judges.</summary>
    /// <exception cref="NanoDet.Data.Diagnostics.DiagnosticException">The model, the data set or an image cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task RunAsync(EvaluationRequest request, CancellationToken cancellation)
    {
        var dataset = DatasetFile.Read(request.Dataset);
        using var detector = Detector.Load(
            request.Model, new DetectorOptions { ScoreThreshold = DatasetDetection.ScoreThreshold, Threads = request.Threads });
        var metrics = await DatasetDetection.EvaluateAsync(detector, dataset, request.Part, request.ImageFolder, cancellation);
        AtomicFile.Write(request.Output, stream =>
        {
            using var writer = new Utf8JsonWriter(stream, Format);
            writer.WriteStartObject();
            writer.WriteNumber("images", dataset.Of(request.Part).Count());
            writer.WriteStartArray("stats");
            foreach (var figure in metrics.Stats)
            {
                writer.WriteNumberValue(figure);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("classes");
            foreach (var (name, figures) in dataset.Classes.Zip(metrics.Classes))
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteNumber("ap", figures.AveragePrecision ?? -1);
                writer.WriteNumber("ap50", figures.AveragePrecision50 ?? -1);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}
