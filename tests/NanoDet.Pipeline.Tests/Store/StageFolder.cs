using NanoDet.Core.Diagnostics;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Store.Stages;
using NanoDet.Pipeline.Tests.Stages;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Store;

/// <summary>A project's output folder, in which stages are done without a network being trained.</summary>
internal sealed class StageFolder : IDisposable
{
    private readonly TestFolder _folder = new("obj");

    /// <summary>The folder's path.</summary>
    public string FullPath => _folder.FullPath;

    /// <summary>Runs stages in it.</summary>
    public StageRunner Runner => new(FullPath, TimeSpan.FromSeconds(10));

    /// <summary>Says, as the plan does, what a stage has to be made from.</summary>
    public void Want(StoredStage stage, string input)
        => StageRecord.Write(StageRecord.WantedPath(FullPath, stage.Name), new Fingerprint([new("input", input)]), []);

    /// <summary>Lets a stage write files with these contents, one for each of its outputs.</summary>
    public void Run(StoredStage stage, string input, string content)
    {
        Want(stage, input);
        Runner.Run(stage.Name, WantedKey.Of(FullPath, stage.Name), () =>
        {
            foreach (var name in stage.Outputs)
            {
                _folder.Write(name, $"{content} {name}");
            }

            return stage.Outputs;
        }, CancellationToken.None);
    }

    /// <summary>Restores what the last <see cref="Want"/> asked for.</summary>
    public Task<bool> RestoreAsync(StageStore store, StoredStage stage, Action<Diagnostic> tell, CancellationToken cancellation)
        => store.RestoreAsync(stage, WantedKey.Of(FullPath, stage.Name), Runner, tell, cancellation);

    /// <summary>Whether the stage is recorded as done, with these contents.</summary>
    public bool IsDone(StoredStage stage, string input, string content)
        => StageRecord.Read(StageRecord.DonePath(FullPath, stage.Name)) is { } done
            && done.Key == new Fingerprint([new("input", input)]).Hash
            && stage.Outputs.All(name => File.ReadAllText(_folder[name]) == $"{content} {name}");

    /// <summary>Names of files that something wrote aside and left.</summary>
    public IEnumerable<string> Leftovers => Directory.EnumerateFiles(FullPath, "*.tmp", SearchOption.AllDirectories);

    /// <summary>The key of a stage in the store.</summary>
    public string KeyOf(StoredStage stage) => StageResult.KeyOf(FullPath, stage, WantedKey.Of(FullPath, stage.Name))!;

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();
}
