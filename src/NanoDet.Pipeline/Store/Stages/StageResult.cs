using NanoDet.Data.Files;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Store.Stages;

/// <summary>The result of a stage in the output folder, as the store keeps it.</summary>
/// <param name="Key">Its key in the store.</param>
/// <param name="Action">Its files.</param>
internal sealed record StageResult(string Key, StoredAction Action)
{
    /// <summary>The key in the store of the result that a stage has; null if it is not known yet.</summary>
    /// <param name="outputFolder">The folder with the outputs of the stage before.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="stageKey">Its key in the plan.</param>
    public static string? KeyOf(string outputFolder, StoredStage stage, string stageKey)
        => stage.Key(stageKey, name => StageRecord.Read(StageRecord.DonePath(outputFolder, StoredStage.All.First(writer => writer.Outputs.Contains(name)).Name))?.Outputs.GetValueOrDefault(name));

    /// <summary>The key in the store of the result of a stage; null if the stage is not done.</summary>
    public static string? DoneKey(string outputFolder, StoredStage stage)
        => StageRecord.Read(StageRecord.DonePath(outputFolder, stage.Name)) is { } done ? KeyOf(outputFolder, stage, done.Key) : null;

    /// <summary>The result of a stage; null if the stage is not done.</summary>
    public static StageResult? Of(string outputFolder, StoredStage stage)
    {
        if (StageRecord.Read(StageRecord.DonePath(outputFolder, stage.Name)) is not { } done || KeyOf(outputFolder, stage, done.Key) is not { } key)
        {
            return null;
        }

        var files = done.Outputs.Select(output => (output.Key, Hash: output.Value, File: new FileInfo(ProjectPath.Full(outputFolder, output.Key)))).ToList();
        return files.All(file => file.File.Exists)
            ? new StageResult(key, new StoredAction([.. files.Select(file => new StoredFile(file.Key, new BlobDigest(file.Hash, file.File.Length)))], DateTimeOffset.UtcNow))
            : null;
    }
}
