using NanoDet.Core.Diagnostics;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Diagnostics;

namespace NanoDet.Training.Loop;

/// <summary>An earlier run of a training, which was stopped or is complete.</summary>
internal static class EarlierRun
{
    /// <summary>Returns the state of an earlier run of a training; null if there was none, or if its files cannot be used.</summary>
    /// <param name="folder">The output folder.</param>
    /// <param name="identity">Key of the training.</param>
    /// <param name="report">Takes the warning if the checkpoint of another training is replaced.</param>
    public static TrainingState? Find(TrainingFolder folder, string identity, Action<Diagnostic> report)
    {
        var state = Checkpoint.ReadState(folder.Checkpoint);
        if (state is not null && state.Identity != identity)
        {
            // If the other training is complete, nothing is lost.
            if (state.Ending is null)
            {
                report(TrainingDiagnostics.ForeignCheckpoint(folder.Checkpoint));
            }

            return null;
        }

        // The best weights so far are only in the model file, and a result that was restored since then has replaced that file.
        return !ResultFile.IsOfAnother(folder, identity) && (state?.Best is null || File.Exists(folder.Model)) ? state : null;
    }
}
