using NanoDet.Core.Diagnostics;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Diagnostics;

namespace NanoDet.Training.Loop;

/// <summary>The run of a training that was stopped, or is done.</summary>
internal static class EarlierRun
{
    /// <summary>What an earlier run of a training has reached; null where there was none, or what it leaves cannot be used.</summary>
    /// <param name="folder">The output folder.</param>
    /// <param name="identity">Key of the training.</param>
    /// <param name="report">Is told where the checkpoint of another training is given up.</param>
    public static TrainingState? Find(TrainingFolder folder, string identity, Action<Diagnostic> report)
    {
        var state = Checkpoint.ReadState(folder.Checkpoint);
        if (state is not null && state.Identity != identity)
        {
            // With one that is done nothing is lost.
            if (state.Ending is null)
            {
                report(TrainingDiagnostics.ForeignCheckpoint(folder.Checkpoint));
            }

            return null;
        }

        // The best weights so far are in the model alone, and a result that was put here since came with a model of its own.
        return !ResultFile.IsOfAnother(folder, identity) && (state?.Best is null || File.Exists(folder.Model)) ? state : null;
    }
}
