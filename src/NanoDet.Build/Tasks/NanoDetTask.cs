using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>What all tasks have in common: cancellation, and diagnostics as MSBuild's errors and warnings.</summary>
public abstract class NanoDetTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The project file: the place of all that is about no other file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The folder of the project; stored paths are relative to it.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "";

    /// <summary>The folder that the plan and the stages write into.</summary>
    public string OutputFolder { get; set; } = "";

    /// <summary>Seconds to wait for another build of the same project.</summary>
    public int LockTimeout { get; set; } = 600;

    /// <summary>The folder with one page per code.</summary>
    public string DocumentationFolder { get; set; } = "";

    /// <summary>Whether every warning fails the build.</summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>Codes that stay warnings even then, separated by semicolons, commas or spaces.</summary>
    public string WarningsNotAsErrors { get; set; } = "";

    /// <summary>Codes of warnings that MSBuild makes errors (<c>WarningsAsErrors</c>, <c>MSBuildWarningsAsErrors</c>), for tasks that write a report.</summary>
    public string WarningsAsErrors { get; set; } = "";

    /// <summary>Codes of warnings that are not told (<c>NoWarn</c>, <c>MSBuildWarningsAsMessages</c>), whatever makes warnings errors.</summary>
    public string SilentWarnings { get; set; } = "";

    /// <inheritdoc />
    public sealed override bool Execute()
    {
        var log = new DiagnosticLog(
            Log, ProjectFile, ProjectFolder, DocumentationFolder, new WarningRules(TreatWarningsAsErrors, WarningsNotAsErrors, SilentWarnings, WarningsAsErrors));
        try
        {
            Run(log, _cancellation.Token);
        }
        catch (NanoDetException exception)
        {
            log.Write(exception);
        }
        catch (OperationCanceledException)
        {
            // MSBuild itself reports that the build was cancelled.
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(log, FolderDiagnostics.NotAccessible(exception.Message), exception);
        }
#pragma warning disable CA1031 // MSBuild would print the stack of any other exception instead of an error with a code.
        catch (Exception exception)
        {
            Fail(log, TaskDiagnostics.Unexpected(GetType().Name, exception.Message), exception);
        }
#pragma warning restore CA1031

        return !Log.HasLoggedErrors;
    }

    /// <inheritdoc />
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc />
    public void Dispose()
    {
        _cancellation.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The work.</summary>
    /// <exception cref="NanoDetException">It cannot be done.</exception>
    private protected abstract void Run(DiagnosticLog log, CancellationToken cancellation);

    /// <summary>Takes the lock of a folder, and tells people if it has to wait.</summary>
    /// <exception cref="NanoDetException">NDB9050 or NDB9051.</exception>
    private protected static FolderLock Lock(string folder, TimeSpan patience, DiagnosticLog log, CancellationToken cancellation)
        => FolderLock.Take(folder, patience, cancellation, Waiting(log));

    /// <summary>What runs a stage of the plan in the output folder.</summary>
    private protected StageRunner Runner(DiagnosticLog log, CancellationToken cancellation)
    {
        var patience = TimeSpan.FromSeconds(LockTimeout);
        return new(FullOutputFolder, patience)
        {
            Planned = Planned,
            Waiting = Waiting(log),
            Beginning = (stage, key) =>
            {
                if (stage == StoredStage.Train.Name)
                {
                    new InterruptedTrainings(FullOutputFolder).Begin(key, patience, Waiting(log), cancellation);
                }
            },
        };
    }

    /// <summary>What tells people that a task has to wait for another build.</summary>
    private protected static Action<string> Waiting(DiagnosticLog log) => line => log.Say(MessageImportance.High, $"NanoDet: {line}");

    private static void Fail(DiagnosticLog log, Diagnostic diagnostic, Exception exception)
    {
        log.Say(MessageImportance.Low, exception.ToString());
        log.Write(diagnostic);
    }

    /// <summary>Full path of the output folder.</summary>
    private protected string FullOutputFolder => Path.GetFullPath(Path.Combine(ProjectFolder, OutputFolder));

    /// <summary>Full path of one of its files.</summary>
    /// <param name="name">Its name there (<see cref="Pipeline.Stages.OutputFiles"/>).</param>
    private protected string Full(string name) => Path.Combine(FullOutputFolder, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The data set that a plan of this build made of this folder; null where none did.</summary>
    private protected PlannedDataset? Planned
    {
        get => BuildEngine4.GetRegisteredTaskObject(PlannedName, RegisteredTaskObjectLifetime.Build) as PlannedDataset;
        set => BuildEngine4.RegisterTaskObject(PlannedName, value, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: true);
    }

    // The type is part of the key: two versions of the package may work in one build.
    private (Type, string) PlannedName => (typeof(PlannedDataset), FullOutputFolder);
}
