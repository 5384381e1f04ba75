using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Incremental;

/// <summary>The last model that was good enough, as the build keeps it in its folder.</summary>
public static class LastModelFile
{
    /// <summary>Name, in the output folder, of what it was made from.</summary>
    public const string Record = OutputFiles.Accepted + "record.json";

    /// <summary>Name of the data set that it was made from.</summary>
    public const string Dataset = OutputFiles.Accepted + "dataset.json";

    /// <summary>Name of its weights.</summary>
    public const string Weights = OutputFiles.Accepted + "model.safetensors";

    /// <summary>Reads it; null where there is none, or where its files do not belong together.</summary>
    /// <param name="outputFolder">The folder of the plan.</param>
    public static LastModel? Read(string outputFolder)
    {
        try
        {
            var record = ManifestJson.Read<AcceptedRecord>(Full(outputFolder, Record), FolderDiagnostics.IntermediateDamaged);
            return Is(Full(outputFolder, Weights), record.Weights) && Is(Full(outputFolder, Dataset), record.Dataset)
                ? new LastModel(record, DatasetFile.Read(Full(outputFolder, Dataset)))
                : null;
        }
        catch (Exception exception) when (exception is DiagnosticException or IOException or UnauthorizedAccessException)
        {
            return null; // A build without it costs a training from scratch and nothing else.
        }
    }

    /// <summary>
    /// Writes what a model was made from beside its weights, which are there already. Of one that stayed though its data changed
    /// the record stays too: it says what the weights have learnt.
    /// </summary>
    /// <param name="outputFolder">The folder of the plan.</param>
    /// <param name="lineage">How it was trained.</param>
    /// <exception cref="DiagnosticException">NDB9053: a file is not what the build wrote.</exception>
    public static void Write(string outputFolder, TrainingLineage lineage)
    {
        if (lineage.Way == TrainingWay.Stale)
        {
            return;
        }

        var done = StageRecord.DonePath(outputFolder, "train");
        var inputs = StageRecord.ReadInputs(done) ?? throw new DiagnosticException(FolderDiagnostics.IntermediateDamaged(done, "it is not what the build wrote"));
        AtomicFile.WriteIfDifferent(Full(outputFolder, Dataset), File.ReadAllBytes(Full(outputFolder, OutputFiles.Dataset)));
        AtomicFile.WriteIfDifferent(Full(outputFolder, Record), ManifestJson.Write(new AcceptedRecord
        {
            Key = inputs.Hash,
            Weights = ContentHash.OfFile(Full(outputFolder, Weights)).ToString(),
            Dataset = ContentHash.OfFile(Full(outputFolder, Dataset)).ToString(),
            Data = TrainingSettings.DataOf(inputs),
            Settings = TrainingSettings.Of(inputs),
            Lineage = lineage,
        }));
    }

    private static bool Is(string path, string digest) => ContentHash.OfFile(path).ToString() == digest;

    private static string Full(string outputFolder, string name) => Path.Combine(outputFolder, name.Replace('/', Path.DirectorySeparatorChar));
}
