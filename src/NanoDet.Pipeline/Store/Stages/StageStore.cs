using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Store.Local;
using NanoDet.Pipeline.Store.Pruning;
using NanoDet.Pipeline.Store.Remote;

namespace NanoDet.Pipeline.Store.Stages;

/// <summary>
/// The store of a build: gives back what a stage left when it was last run with the same inputs, and keeps what it leaves now.
/// It serves the stages and never stops them: a store that cannot be used is told once, and then done without.
/// </summary>
/// <param name="settings">Where it is, and what may be done to it.</param>
public sealed partial class StageStore(StoreSettings settings) : IDisposable
{
    private LocalStore? _local = settings.Folder is { } folder ? new LocalStore(folder) : null;
    private RemoteStore? _remote = settings.Remote is { } address ? new RemoteStore(address, settings.Limits) : null;

    /// <summary>Puts the outputs of a stage back, where the store has them: the folder, or else the server.</summary>
    /// <param name="stage">The stage; what it reads of the one before it is there.</param>
    /// <param name="runner">Where the outputs and their record go.</param>
    /// <param name="tell">Takes what the user should know.</param>
    /// <param name="cancellation">Ends it; what is there stays.</param>
    /// <returns>Whether the stage is done.</returns>
    /// <exception cref="DiagnosticException">The folder of the outputs cannot be worked in.</exception>
    public async Task<bool> RestoreAsync(StoredStage stage, StageRunner runner, Action<Diagnostic> tell, CancellationToken cancellation)
        => StageResult.WantedKey(runner.OutputFolder, stage) is { } key
        && (await RestoreLocalAsync(key, stage, runner, tell, cancellation).ConfigureAwait(false)
            || await RestoreRemoteAsync(key, stage, runner, tell, cancellation).ConfigureAwait(false));

    /// <summary>Keeps the outputs of a stage that has run.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="outputFolder">Full path of the folder with its outputs and their record.</param>
    /// <param name="tell">Takes what the user should know.</param>
    /// <param name="cancellation">Ends it, with nothing half kept.</param>
    public async Task KeepAsync(StoredStage stage, string outputFolder, Action<Diagnostic> tell, CancellationToken cancellation)
    {
        if (settings.ReadOnly || StageResult.Of(outputFolder, stage) is not { } result)
        {
            return;
        }

        try
        {
            await PutLocalAsync(result.Key, result.Action, outputFolder, tell, cancellation).ConfigureAwait(false);
            if (_remote is not null)
            {
                await _remote.PutAsync(result.Key, result.Action, outputFolder, cancellation).ConfigureAwait(false);
            }
        }
        catch (DamagedEntryException)
        {
            // Another build works on the outputs at this moment: it keeps what it makes of them.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            RemoteFails(exception.Message, tell);
        }
    }

    /// <summary>Takes out of the folder what it has for the inputs of a stage that has run, so that what the stage has left now is kept instead.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="outputFolder">Full path of the folder with its outputs and their record.</param>
    public void Forget(StoredStage stage, string outputFolder)
    {
        if (_local is not null && StageResult.DoneKey(outputFolder, stage) is { } key)
        {
            Drop(key);
        }
    }

    /// <summary>Remembers a model that was good enough, so that what it came from is kept.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="version">Its version, with the digest of the ONNX file.</param>
    /// <param name="outputFolder">Full path of the folder with the outputs that it came from.</param>
    /// <param name="tell">Takes what the user should know.</param>
    public void Remember(string name, string version, string outputFolder, Action<Diagnostic> tell)
    {
        if (settings.ReadOnly || _local is null)
        {
            return;
        }

        try
        {
            var keys = StoredStage.All.Select(stage => StageResult.DoneKey(outputFolder, stage)).OfType<string>();
            new StoreRoots(_local).Add(new StoreRoot(name, version, [.. keys]));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LocalFails(exception, tell);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _remote?.Dispose();

    private async Task PutLocalAsync(string key, StoredAction action, string outputFolder, Action<Diagnostic> tell, CancellationToken cancellation)
    {
        try
        {
            if (_local is { } local)
            {
                await ((IResultStore)local).PutAsync(key, action, outputFolder, cancellation).ConfigureAwait(false);
                if (settings.MaxSize is not null)
                {
                    new StorePruner(local).Prune(new PruneOptions { MaxSize = settings.MaxSize }, cancellation);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LocalFails(exception, tell);
        }
    }

    private void LocalFails(Exception exception, Action<Diagnostic> tell)
    {
        _local = null;
        tell(StoreDiagnostics.NotUsable(settings.Folder!, exception.Message));
    }

    private void RemoteFails(string reason, Action<Diagnostic> tell)
    {
        if (_remote is { } remote)
        {
            _remote = null;
            remote.Dispose();
            tell(StoreDiagnostics.RemoteFailed(remote.Address, reason));
        }
    }
}
