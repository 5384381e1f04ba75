using NanoDet.Core.Diagnostics;
using NanoDet.Data.Fingerprints;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Loop;

/// <summary>An earlier run of a training, which was stopped or is complete.</summary>
internal static class EarlierRun
{
    /// <summary>
    /// Returns the checkpoint of an earlier run of a training; null if there was none. A damaged checkpoint is put aside, and the one
    /// before it is used.
    /// </summary>
    /// <param name="folder">The output folder.</param>
    /// <param name="inputs">What the training is made from.</param>
    /// <param name="damage">What is wrong with a checkpoint that was put aside before; null for none.</param>
    /// <param name="report">Takes the warning about a checkpoint that is damaged, or of another training that was stopped.</param>
    public static Checkpoint? Find(TrainingFolder folder, Fingerprint inputs, string? damage, Action<Diagnostic> report)
    {
        var checkpoint = ReadNewest(folder, ref damage);
        var isForeign = checkpoint is not null && checkpoint.State.Identity != inputs.Hash;
        if (damage is not null)
        {
            report(TrainingDiagnostics.DamagedCheckpoint(folder.DamagedCheckpoint, damage, hasPrevious: checkpoint is not null && !isForeign));
        }
        else if (isForeign && checkpoint!.State.Ending is null)
        {
            // If the other training is complete, nothing is lost.
            report(TrainingDiagnostics.ForeignCheckpoint(folder.Checkpoint, [.. inputs.Entries.Except(checkpoint.State.Inputs).Select(entry => entry.Name)]));
        }

        return isForeign ? null : checkpoint;
    }

    /// <summary>Puts a checkpoint aside, so that it is not read again.</summary>
    /// <param name="folder">The output folder.</param>
    /// <param name="path">The checkpoint.</param>
    public static void PutAside(TrainingFolder folder, string path) => File.Move(path, folder.DamagedCheckpoint, overwrite: true);

    /// <summary>Writes the results of a complete training again, because something may have changed them since.</summary>
    /// <param name="folder">The output folder.</param>
    /// <param name="checkpoint">The last checkpoint of the training.</param>
    public static void WriteResult(TrainingFolder folder, Checkpoint checkpoint)
    {
        SafetensorsWriter.Write(folder.Model, checkpoint.Result!);
        MetricsFile.Write(folder.Metrics, checkpoint.State.History);
    }

    private static Checkpoint? ReadNewest(TrainingFolder folder, ref string? damage)
    {
        foreach (var path in new[] { folder.Checkpoint, folder.PreviousCheckpoint }.Where(File.Exists))
        {
            try
            {
                return Checkpoint.Read(path);
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException)
            {
                PutAside(folder, path);
                damage ??= exception.Message;
            }
        }

        return null;
    }
}
