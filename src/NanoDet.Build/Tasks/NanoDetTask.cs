using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Build.Tasks;

/// <summary>What all tasks have in common: cancellation, and diagnostics as MSBuild's errors and warnings.</summary>
public abstract class NanoDetTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The folder of the project; stored paths are relative to it.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "";

    /// <summary>The folder that the plan and the stages write into.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>Seconds to wait for another build of the same project.</summary>
    public int LockTimeout { get; set; } = 600;

    /// <summary>The folder with one page per code.</summary>
    public string DocumentationFolder { get; set; } = "";

    /// <summary>Whether every warning fails the build.</summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>Codes that stay warnings even then, separated by semicolons, commas or spaces.</summary>
    public string WarningsNotAsErrors { get; set; } = "";

    /// <inheritdoc />
    public sealed override bool Execute()
    {
        var log = new DiagnosticLog(Log, ProjectFolder, DocumentationFolder, TreatWarningsAsErrors, WarningsNotAsErrors);
        try
        {
            Run(log, _cancellation.Token);
        }
        catch (DiagnosticException exception)
        {
            log.Write(exception.Diagnostic);
        }
        catch (OperationCanceledException)
        {
            // MSBuild itself reports that the build was cancelled.
            return false;
        }

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
    /// <exception cref="DiagnosticException">It cannot be done.</exception>
    private protected abstract void Run(DiagnosticLog log, CancellationToken cancellation);

    /// <summary>Full path of the output folder.</summary>
    private protected string FullOutputFolder => Path.GetFullPath(Path.Combine(ProjectFolder, OutputFolder));
}
