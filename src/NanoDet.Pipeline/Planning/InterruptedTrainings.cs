using NanoDet.Core.Diagnostics;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// The trainings of a project that did not come to their end: the one in the folder of the stage, and those that made way for another
/// training or for a model from the store. Each of these has a folder of its own, named by its key, and goes on when its key is wanted again.
/// </summary>
/// <remarks>
/// A process may be killed between the files of a move. The checkpoint leaves the folder of the stage last and comes back first, so the
/// next move of this training collects what is still elsewhere.
/// </remarks>
/// <param name="outputFolder">Full path of the output folder.</param>
public sealed class InterruptedTrainings(string outputFolder)
{
    /// <summary>The folder with one folder for each training that made way.</summary>
    public const string Folder = "interrupted";

    // Each has two checkpoints, and a checkpoint has the weights five times over.
    private const int Kept = 4;

    private readonly string _stage = Path.GetDirectoryName(Path.Combine(outputFolder, OutputFiles.Checkpoint))!;

    /// <summary>Returns how far the training of a key had come when it was interrupted, in words; null where there is none.</summary>
    /// <param name="key">The key of the training.</param>
    public string? Find(string key) => PlaceOf(key)?.Training.Place;

    /// <summary>The decision with which the interrupted training of a key began; null where there is none, or none that can be read.</summary>
    /// <param name="key">The key of the training.</param>
    public TrainingDecision? DecisionOf(string key)
    {
        if (PlaceOf(key) is not { Folder: var place })
        {
            return null;
        }

        // Where a move was cut off, the checkpoint may be in the folder of the stage and the decision not.
        var (name, own) = (Path.GetFileName(OutputFiles.BegunDecision), FolderOf(key));
        try
        {
            return LineageFile.ReadDecision(Path.Combine(File.Exists(Path.Combine(own, name)) ? own : place, name));
        }
        catch (NanoDetException)
        {
            return null; // The plan decides anew, and the training says where its checkpoint does not fit.
        }
    }

    /// <summary>
    /// Makes the folder of the stage that of a key: another training there that has not ended makes way, and so does one that has ended
    /// and was not exported; the interrupted one of this key comes back.
    /// </summary>
    /// <param name="key">The key of the training that begins, or whose result is restored.</param>
    /// <param name="patience">How long to wait for a process that still writes there because its build was killed.</param>
    /// <param name="tell">Gets lines for people.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="NanoDetException">NDB9050: a process still writes there.</exception>
    /// <exception cref="IOException">A file cannot be moved.</exception>
    public void Begin(string key, TimeSpan patience, Action<string> tell, CancellationToken cancellation)
    {
        if (!Directory.Exists(_stage) && !Directory.Exists(FolderOf(key)))
        {
            return;
        }

        using var gate = FolderLock.Take(_stage, patience, cancellation, tell);
        var present = InterruptedTraining.Read(_stage);
        if (present is not null && present.Key != key && !IsExported(present))
        {
            SetAside(present);
            tell($"the training for other data or settings, which was interrupted {present.Place}, is kept, and resumes when they come back");
        }

        if (present?.Key != key)
        {
            if (InterruptedTraining.Read(FolderOf(key)) is null)
            {
                return;
            }

            IntermediateFolder.ClearTraining(_stage);
        }

        Move(FolderOf(key), _stage);
    }

    /// <summary>The folders of all trainings that made way.</summary>
    /// <param name="outputFolder">The folder of the plan.</param>
    public static IEnumerable<string> Folders(string outputFolder) => Aside(outputFolder).All();

    private static HashFolders Aside(string outputFolder) => new(Path.Combine(outputFolder, Folder), 2 * ContentHash.Length, Kept);

    private (string Folder, InterruptedTraining Training)? PlaceOf(string key)
        => InterruptedTraining.Read(_stage) is { HasEnded: false } present && present.Key == key ? (_stage, present)
        : InterruptedTraining.Read(FolderOf(key)) is { } aside && aside.Key == key ? (FolderOf(key), aside)
        : null;

    private void SetAside(InterruptedTraining training)
    {
        var folder = FolderOf(training.Key);
        Move(_stage, folder);
        foreach (var old in Aside(outputFolder).Use(folder))
        {
            IntermediateFolder.ClearTraining(old);
        }
    }

    /// <summary>Whether a training has ended and its export too: its records are deleted when a training begins.</summary>
    private bool IsExported(InterruptedTraining training)
        => training.HasEnded && File.Exists(StageRecord.DonePath(outputFolder, StoredStage.Export.Name));

    private string FolderOf(string key) => Path.Combine(outputFolder, Folder, key);

    private void Move(string from, string to)
    {
        var leaves = from == _stage;
        foreach (var file in IntermediateFolder.FilesOfTraining(from).OrderBy(file => IsCheckpoint(file) == leaves).ToList())
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(file, target, overwrite: true);
        }

        IntermediateFolder.RemoveEmpty(from);
        IntermediateFolder.RemoveEmpty(Path.Combine(outputFolder, Folder));
    }

    private static bool IsCheckpoint(string file) => Path.GetFileName(file).StartsWith("checkpoint.", StringComparison.Ordinal);
}
