using NanoDet.Data.Files;
using NanoDet.Training.Checkpoints;

namespace NanoDet.Training.Loop;

/// <summary>
/// <c>result.json</c>: why the training ended, after how many epochs, the best validation with COCO's twelve figures, the seconds
/// of the run that ended it, and the name of the weights. It is written last: where it is, everything is.
/// </summary>
internal static class ResultFile
{
    /// <summary>Writes the file.</summary>
    public static void Write(TrainingFolder folder, TrainingState state, TimeSpan time) => AtomicFile.Write(folder.Result, CanonicalJson.Write(writer =>
    {
        writer.WriteStartObject();
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

        writer.WriteNumber("seconds", Math.Round(time.TotalSeconds, 1));
        writer.WriteString("weights", Path.GetFileName(folder.Model));
        writer.WriteEndObject();
    }));
}
