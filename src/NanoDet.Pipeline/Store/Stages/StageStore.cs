using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Store.Local;
using NanoDet.Pipeline.Store.Pruning;
using NanoDet.Pipeline.Store.Remote;

namespace NanoDet.Pipeline.Store.Stages;

/// <summary>
/// The store of a build: restores the result of an earlier run of a stage with the same inputs, and stores new results.
/// It never stops a stage: if a store cannot be used, this is reported once, and the build continues without it.
/// </summary>
/// <param name="settings">The place of the store, and what the build may do with it.</param>
public sealed partial class StageStore(StoreSettings settings) : IDisposable
{
    private LocalStore? _local = settings.Folder is { } folder ? new LocalStore(folder) : null;
    private bool _grew;
    private RemoteStore? _remote = settings.Remote is { } address ? new RemoteStore(address, settings.Limits) : null;

    /// <summary>Restores the outputs of a stage from the folder or the server, if one of them has the result.</summary>
    /// <param name="stage">The stage; the file that it reads exists.</param>
    /// <param name="stageKey">Its key in this build's plan.</param>
    /// <param name="runner">Writes the outputs and their record.</param>
    /// <param name="tell">Takes the diagnostics for the user.</param>
    /// <param name="cancellation">Stops without changing existing files.</param>
    /// <returns>Whether the stage is done.</returns>
    /// <exception cref="NanoDetException">The output folder cannot be used.</exception>
    public async Task<bool> RestoreAsync(StoredStage stage, string stageKey, StageRunner runner, Action<Diagnostic> tell, CancellationToken cancellation)
        => StageResult.KeyOf(runner.OutputFolder, stage, stageKey) is { } key
        && (await RestoreLocalAsync(key, stage, stageKey, runner, tell, cancellation).ConfigureAwait(false)
            || await RestoreRemoteAsync(key, stage, stageKey, runner, tell, cancellation).ConfigureAwait(false));

    /// <summary>Stores the outputs of a stage that has run.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="outputFolder">Full path of the folder with its outputs and their record.</param>
    /// <param name="tell">Takes the diagnostics for the user.</param>
    /// <param name="cancellation">Stops without leaving an incomplete result.</param>
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
            // Another build is changing the outputs and will store its own result.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            RemoteFails(exception.Message, tell);
        }
    }

    /// <summary>Removes the stored result with the inputs of a stage that has run, so that the new result replaces it.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="outputFolder">Full path of the folder with its outputs and their record.</param>
    public void Forget(StoredStage stage, string outputFolder)
    {
        if (_local is not null && StageResult.DoneKey(outputFolder, stage) is { } key)
        {
            Drop(key);
        }
    }

    /// <summary>Records an accepted model, so that the results that it needs are kept.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="version">Its version, with the digest of the ONNX file.</param>
    /// <param name="outputFolder">Full path of the folder with the outputs of its stages.</param>
    /// <param name="tell">Takes the diagnostics for the user.</param>
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

    /// <summary>Prunes the store, once a build and at its end, when the results that the new model needs are known.</summary>
    public void Dispose()
    {
        _remote?.Dispose();
        if (_grew && _local is { } local && settings.MaxSize is not null)
        {
            try
            {
                new StorePruner(local).Prune(new PruneOptions { MaxSize = settings.MaxSize }, CancellationToken.None);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The next build prunes it.
            }
        }
    }

    private async Task PutLocalAsync(string key, StoredAction action, string outputFolder, Action<Diagnostic> tell, CancellationToken cancellation)
    {
        try
        {
            if (_local is { } local)
            {
                await ((IResultStore)local).PutAsync(key, action, outputFolder, cancellation).ConfigureAwait(false);
                _grew = true;
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
