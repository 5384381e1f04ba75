using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Store.Stages;

// Restores a result from the folder or from the server.
public sealed partial class StageStore
{
    private async Task<bool> RestoreLocalAsync(string key, StoredStage stage, string stageKey, StageRunner runner, Action<Diagnostic> tell, CancellationToken cancellation)
    {
        if (_local is null)
        {
            return false;
        }

        try
        {
            if (await RestoreAsync(_local, key, stage, stageKey, runner, cancellation).ConfigureAwait(false) is null)
            {
                return false;
            }

            if (!settings.ReadOnly)
            {
                _local.Touch(key);
            }

            return true;
        }
        catch (DamagedEntryException exception)
        {
            tell(StoreDiagnostics.Damaged(stage.Name, _local.Folder, exception.Message));
            Drop(key);
        }
        catch (IncompleteEntryException)
        {
            Drop(key);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LocalFails(exception, tell);
        }

        return false;
    }

    private async Task<bool> RestoreRemoteAsync(string key, StoredStage stage, string stageKey, StageRunner runner, Action<Diagnostic> tell, CancellationToken cancellation)
    {
        if (_remote is null)
        {
            return false;
        }

        try
        {
            if (await RestoreAsync(_remote, key, stage, stageKey, runner, cancellation).ConfigureAwait(false) is not { } action)
            {
                return false;
            }

            if (!settings.ReadOnly)
            {
                await PutLocalAsync(key, action, runner.OutputFolder, tell, cancellation).ConfigureAwait(false);
            }

            return true;
        }
        catch (IncompleteEntryException)
        {
            return false;
        }
        catch (Exception exception) when (exception is DamagedEntryException or IOException or UnauthorizedAccessException)
        {
            RemoteFails(exception is DamagedEntryException ? $"in its result of '{stage.Name}', {exception.Message}" : exception.Message, tell);
            return false;
        }
    }

    private static async Task<StoredAction?> RestoreAsync(IResultStore store, string key, StoredStage stage, string stageKey, StageRunner runner, CancellationToken cancellation)
    {
        if (await store.FindAsync(key, cancellation).ConfigureAwait(false) is not { } action)
        {
            return null;
        }

        if (!stage.Fits([.. action.Files.Select(file => file.Name)]))
        {
            throw new DamagedEntryException("its files are not those that the stage writes");
        }

        using var files = await FetchedFiles.FetchAsync(store, action, runner.OutputFolder, cancellation).ConfigureAwait(false);
        runner.Run(stage.Name, stageKey, files.Install, cancellation);
        return action;
    }

    private void Drop(string key)
    {
        try
        {
            if (!settings.ReadOnly)
            {
                _local!.Drop(key);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The damaged entry stays and is detected again the next time.
        }
    }
}
