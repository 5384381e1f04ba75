using System.Text.Json;
using NanoDet.Core.Files;
using NanoDet.Data.Configuration;
using NanoDet.Data.Files;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Native;

namespace NanoDet.Training.Loop;

/// <summary>
/// <c>result.json</c>: the key of the training, why it ended, after how many epochs, the best validation with COCO's twelve figures, the seconds
/// of the last run, the arithmetic, and the name of the weights. It is written last: if it exists, all other files are complete.
/// </summary>
public static class ResultFile
{
    /// <summary>Whether the file exists and belongs to the training with a key.</summary>
    public static bool IsOf(TrainingFolder folder, string identity)
    {
        try
        {
            using var document = JsonDocument.Parse(RegularFile.ReadAllBytes(folder.Result));
            return document.RootElement.TryGetProperty("identity", out var written) && written.GetString() == identity;
        }
        catch (Exception exception) when (exception is FileNotFoundException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Writes the file for weights that were only taken.</summary>
    public static void WriteTaken(TrainingFolder folder) => AtomicFile.Write(folder.Result, CanonicalJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("ending", "Taken");
        writer.WriteString("weights", Path.GetFileName(folder.Model));
        writer.WriteEndObject();
    }));

    /// <summary>Writes the file.</summary>
    public static void Write(TrainingFolder folder, TrainingState state, TimeSpan time, TrainingRun run) => AtomicFile.Write(folder.Result, CanonicalJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("identity", state.Identity);
        writer.WriteString("ending", state.Ending.ToString());
        writer.WriteNumber("epochs", state.Position.Epoch);
        if (state.Best is { } best)
        {
            writer.WriteStartObject("best");
            writer.WriteNumber("epoch", best.Epoch + 1);
            writer.WriteNumber("figure", best.Figure);
            writer.WriteStartArray("stats");
            foreach (var figure in state.History[best.Epoch].Metrics)
            {
                writer.WriteNumberValue(figure);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        if (run.Proved is { } proved)
        {
            // The words of the manifest (ManifestArithmetic).
            writer.WriteStartObject("arithmetic");
            writer.WriteString("instructions", proved.Arithmetic.Instructions.ToString().ToLowerInvariant());
            writer.WriteString("memoryOrder", proved.Arithmetic.Order == MemoryOrder.ChannelsLast ? "channels-last" : "planar");
            writer.WriteBoolean("oneDnn", proved.Arithmetic.UsesOneDnn);
            writer.WriteString("precision", run.Precision.ToString().ToLowerInvariant());
            writer.WriteNumber("provedOperations", proved.Operations);
            writer.WriteEndObject();
        }

        if (run.Device == TrainingDevice.Cuda)
        {
            var card = Card.Read();
            writer.WriteStartObject("card");
            writer.WriteString("name", card.Name);
            writer.WriteString("driver", card.Driver);
            writer.WriteString("cuda", card.Cuda);
            writer.WriteString("cuDnn", card.CuDnn);
            writer.WriteBoolean("tf32", run.Arithmetic.UsesTf32);
            writer.WriteEndObject();
        }

        writer.WriteNumber("seconds", Math.Round(time.TotalSeconds, 1));
        writer.WriteString("weights", Path.GetFileName(folder.Model));
        writer.WriteEndObject();
    }));
}
