using System.Diagnostics;
using System.Text;
using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Build.Worker;

/// <summary>
/// The process that does what needs native code. MSBuild's ToolTask cannot carry it: that class closes the process's standard
/// input at once, and here the open input is the sign of life. While it is open the build lives; when it ends, because the
/// build was cancelled or MSBuild was killed, the worker writes its checkpoint and goes.
/// </summary>
/// <param name="host">The <c>dotnet</c> to start it with.</param>
/// <param name="worker">Full path of <c>NanoDet.Worker.dll</c>.</param>
/// <param name="diagnostics">Takes the errors and warnings, and what is for people.</param>
internal sealed class WorkerProcess(string host, string worker, DiagnosticLog diagnostics)
{
    private const int MostLastWords = 8192;

    // Long enough for a checkpoint; after that the process is ended, with all that it started.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Runs a verb to its end.</summary>
    /// <param name="verb">What to do.</param>
    /// <param name="request">The file that says it in full.</param>
    /// <param name="environment">Variables that the process has besides those of the build.</param>
    /// <param name="cancellation">Closes its input.</param>
    /// <exception cref="DiagnosticException">NDB4201, NDB4202, or the last error that the process told.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, and the process has ended.</exception>
    public void Run(string verb, string request, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        using var process = Start(verb, request, environment);
        using var killer = new Timer(_ => Kill(process));
        using var stop = cancellation.Register(() =>
        {
            killer.Change(Grace, Timeout.InfiniteTimeSpan);
            process.StandardInput.Close();
        });
        Diagnostic? error = null;
        string lastWords;
        try
        {
            var errors = System.Threading.Tasks.Task.Run(() => ReadErrors(process), CancellationToken.None);
            while (process.StandardOutput.ReadLine() is { } line)
            {
                error = Take(line, error);
            }

            lastWords = errors.GetAwaiter().GetResult();
            process.WaitForExit();
        }
        finally
        {
            Kill(process);
        }

        if (error is not null && (process.ExitCode == 0 || cancellation.IsCancellationRequested))
        {
            diagnostics.Write(error);
        }

        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw new DiagnosticException(error ?? WorkerDiagnostics.Failed(verb, process.ExitCode, lastWords));
        }
    }

    private Process Start(string verb, string request, IReadOnlyDictionary<string, string> environment)
    {
        if (!File.Exists(worker))
        {
            throw new DiagnosticException(WorkerDiagnostics.NotStarted(worker, "there is no such file"));
        }

        var start = new ProcessStartInfo(host, [worker, verb, request, "--attached"])
        {
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment.TryAdd(name, value);
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new DiagnosticException(WorkerDiagnostics.NotStarted(host, exception.Message), exception);
        }
    }

    /// <summary>The last error is kept until it is known whether it ends the work.</summary>
    private Diagnostic? Take(string line, Diagnostic? error)
    {
        switch (DiagnosticLine.TryParse(line))
        {
            case null:
                diagnostics.Say(MessageImportance.High, line);
                return error;
            case { Severity: DiagnosticSeverity.Error } next:
                if (error is not null)
                {
                    diagnostics.Write(error);
                }

                return next;
            case var warning:
                diagnostics.Write(warning);
                return error;
        }
    }

    /// <summary>What libraries and the runtime itself say: kept in the log, and told where the process gives no reason.</summary>
    private string ReadErrors(Process process)
    {
        var words = new StringBuilder();
        while (process.StandardError.ReadLine() is { } line)
        {
            diagnostics.Say(MessageImportance.Low, line);
            if (words.Length < MostLastWords)
            {
                words.AppendLine(line);
            }
        }

        return words.ToString();
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has gone by itself.
        }
    }
}
