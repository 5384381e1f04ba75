using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Incremental;

/// <summary>Reads and writes the last accepted model in the output folder.</summary>
public static class LastModelFile
{
    /// <summary>Name of its record in the output folder.</summary>
    public const string Record = OutputFiles.Accepted + "record.json";

    /// <summary>Name of the data set that it was made from.</summary>
    public const string Dataset = OutputFiles.Accepted + "dataset.json";

    /// <summary>Name of its weights.</summary>
    public const string Weights = OutputFiles.Accepted + "model.safetensors";

    /// <summary>Reads the model; null if there is none, or if its files do not belong together.</summary>
    /// <param name="outputFolder">The folder of the plan.</param>
    /// <param name="projectFile">The project file; empty if it is not known.</param>
    public static LastModel? Read(string outputFolder, string projectFile)
    {
        try
        {
            var record = ReadRecord(outputFolder);
            return Is(Full(outputFolder, Weights), record.Weights) && Is(Full(outputFolder, Dataset), record.Dataset)
                ? new LastModel(record, DatasetFile.Read(Full(outputFolder, Dataset))) { OtherProject = OtherProject(record, outputFolder, projectFile) }
                : null;
        }
        catch (Exception exception) when (exception is NanoDetException or IOException or UnauthorizedAccessException)
        {
            return null; // Without it, the build only has to start a new training.
        }
    }

    /// <summary>Whether the last accepted model is that of another project with the same output folder.</summary>
    /// <param name="outputFolder">The folder of the plan.</param>
    /// <param name="projectFile">The project file.</param>
    public static bool IsOfOtherProject(string outputFolder, string projectFile)
    {
        try
        {
            return OtherProject(ReadRecord(outputFolder), outputFolder, projectFile) is not null;
        }
        catch (NanoDetException)
        {
            return false; // There is none, or nobody knows.
        }
    }

    /// <summary>
    /// Writes the record of a model beside its weights, which exist already. If a model was kept although its data changed,
    /// its record is kept too, because it says which data the weights were trained on.
    /// </summary>
    /// <param name="outputFolder">The folder of the plan.</param>
    /// <param name="projectFile">The project file; empty if it is not known.</param>
    /// <param name="lineage">How it was trained.</param>
    /// <exception cref="NanoDetException">NDB9053: a file is not what the build wrote.</exception>
    public static void Write(string outputFolder, string projectFile, TrainingLineage lineage)
    {
        if (lineage.Way == TrainingWay.Stale)
        {
            return;
        }

        var done = StageRecord.DonePath(outputFolder, "train");
        var inputs = StageRecord.ReadInputs(done) ?? throw new NanoDetException(FolderDiagnostics.IntermediateDamaged(done, "it is not what the build wrote"));
        AtomicFile.WriteIfDifferent(Full(outputFolder, Dataset), RegularFile.ReadAllBytes(Full(outputFolder, OutputFiles.Dataset)));
        AtomicFile.WriteIfDifferent(Full(outputFolder, Record), ManifestJson.Write(new AcceptedRecord
        {
            Key = inputs.Hash,
            Weights = ContentHash.OfFile(Full(outputFolder, Weights)).ToString(),
            Dataset = ContentHash.OfFile(Full(outputFolder, Dataset)).ToString(),
            Data = TrainingSettings.DataOf(inputs),
            Settings = TrainingSettings.Of(inputs),
            Project = projectFile.Length > 0 ? ProjectPath.Relative(outputFolder, projectFile) : null,
            Lineage = lineage,
        }));
    }

    private static AcceptedRecord ReadRecord(string outputFolder)
        => ManifestJson.Read<AcceptedRecord>(Full(outputFolder, Record), FolderDiagnostics.IntermediateDamaged);

    // A project file that is no longer there was renamed, and its model is still the project's. Windows and macOS do not care about case.
    private static string? OtherProject(AcceptedRecord record, string outputFolder, string projectFile)
        => projectFile.Length > 0 && record.Project is { } project
            && !project.Equals(ProjectPath.Relative(outputFolder, projectFile), StringComparison.OrdinalIgnoreCase)
            && File.Exists(ProjectPath.Full(outputFolder, project)) ? Path.GetFileName(project) : null;

    private static bool Is(string path, string digest) => ContentHash.OfFile(path).ToString() == digest;

    private static string Full(string outputFolder, string name) => Path.Combine(outputFolder, name.Replace('/', Path.DirectorySeparatorChar));
}
