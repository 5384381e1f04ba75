using System.Text.Json;

namespace NanoDet.Tool.Watching;

/// <summary>A step within an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Step">The step in the epoch, from 1.</param>
/// <param name="Steps">The number of steps per epoch.</param>
/// <param name="Loss">The loss of this step.</param>
/// <param name="SecondsLeft">Seconds until the end.</param>
internal sealed record StepProgress(int Epoch, int Epochs, int Step, int Steps, double Loss, double SecondsLeft) : ProgressLine
{
    /// <summary>Reads a line.</summary>
    public static StepProgress Read(JsonElement line)
        => new(Count(line, "epoch"), Count(line, "epochs"), Count(line, "step"), Count(line, "steps"), Number(line, "loss"), Number(line, "secondsLeft"));
}
