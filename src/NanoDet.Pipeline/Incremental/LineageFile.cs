using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Incremental;

/// <summary>Reads decisions about a training and what came of them.</summary>
public static class LineageFile
{
    /// <summary>The decision to repeat a training in the same way.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="NanoDetException">NDB9053.</exception>
    public static TrainingDecision Repeat(string folder)
    {
        var lineage = Read(Path.Combine(folder, Path.GetFileName(OutputFiles.Lineage)));
        var takes = lineage.Way is TrainingWay.Kept or TrainingWay.Stale;
        return new TrainingDecision(lineage with { ParentMap = null, Map = null }, takes, "the training is repeated") { Weights = lineage.Parent };
    }

    /// <summary>The weights that a repeated training begins with.</summary>
    /// <param name="folder">The folder of the training.</param>
    public static string RepeatedWeights(string folder)
        => Path.Combine(folder, Path.GetFileName(Read(Path.Combine(folder, Path.GetFileName(OutputFiles.Lineage))).Way == TrainingWay.FineTune ? OutputFiles.Parent : OutputFiles.Weights));

    /// <summary>Reads a lineage.</summary>
    /// <exception cref="NanoDetException">NDB9053.</exception>
    public static TrainingLineage Read(string path) => ManifestJson.Read<TrainingLineage>(path, FolderDiagnostics.IntermediateDamaged);

    /// <summary>Reads a decision.</summary>
    /// <exception cref="NanoDetException">NDB9053.</exception>
    public static TrainingDecision ReadDecision(string path) => ManifestJson.Read<TrainingDecision>(path, FolderDiagnostics.IntermediateDamaged);
}
