using NanoDet.Data.Files;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>What builds that were killed have left half written, under names that no other build uses.</summary>
internal static class Leftovers
{
    // A younger one may be of a build that fetches from the store at this moment, which it does before it takes the lock.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>
    /// Deletes them in the output folder and beside the project. The folder of the copies is left to the stage that makes them: it
    /// may be large, and does so by itself.
    /// </summary>
    /// <param name="inputs">The folders, and the files beside the project.</param>
    public static void Remove(PlanInputs inputs)
    {
        var output = new DirectoryInfo(inputs.OutputFolder);
        var folders = output.EnumerateDirectories().Where(folder => $"{folder.Name}/" != OutputFiles.AugmentedFolder).Prepend(output);
        var beside = new FileInfo(ProjectPath.Full(inputs.ProjectFolder, inputs.SplitRecordFile));
        var files = folders.SelectMany(folder => folder.EnumerateFiles("*.tmp"))
            .Concat(beside.Directory is { Exists: true } project ? project.EnumerateFiles("nanodet.*.tmp").Concat(project.EnumerateFiles($"{beside.Name}.*.tmp")) : []);
        foreach (var file in files.Where(file => AtomicFile.IsUnfinished(file.FullName) && DateTime.UtcNow - file.LastWriteTimeUtc > Grace).ToList())
        {
            file.Delete();
        }
    }
}
