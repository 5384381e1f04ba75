using NanoDet.Data.Diagnostics;
using NanoDet.Data.Models.Manifest;

namespace NanoDet.Data.Incremental;

/// <summary>Where decisions about a training, and what came of them, lie in the output folder of the plan.</summary>
public static class LineageFile
{
    /// <summary>The plan's decision (<see cref="TrainingDecision"/>).</summary>
    public const string Decision = "stages/train.decision.json";

    /// <summary>How the weights in the folder were trained (<see cref="TrainingLineage"/>); an output of the stage <c>train</c>.</summary>
    public const string Lineage = "train/lineage.json";

    /// <summary>The weights that the ones in the folder go on from, so that they can be trained again.</summary>
    public const string Parent = "train/parent.safetensors";

    /// <summary>Reads a lineage.</summary>
    /// <exception cref="DiagnosticException">NDB9053.</exception>
    public static TrainingLineage Read(string path) => ManifestJson.Read<TrainingLineage>(path, FolderDiagnostics.IntermediateDamaged);

    /// <summary>Reads a decision.</summary>
    /// <exception cref="DiagnosticException">NDB9053.</exception>
    public static TrainingDecision ReadDecision(string path) => ManifestJson.Read<TrainingDecision>(path, FolderDiagnostics.IntermediateDamaged);
}
