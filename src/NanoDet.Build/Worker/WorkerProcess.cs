using System.Diagnostics;
using System.Text;
using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Requests;

namespace NanoDet.Build.Worker;

/// <summary>
/// The process of the worker. MSBuild's ToolTask cannot be used, because it closes the standard
/// input of the process at once. Here, an open standard input means that the build is alive. When it closes, because the
/// build was cancelled or MSBuild was killed, the worker writes its checkpoint and exits.
/// </summary>
/// <param name="host">The <c>dotnet</c> to start it with.</param>
/// <param name="worker">Full path of <c>NanoDet.Worker.dll</c>.</param>
/// <param name="diagnostics">Takes the errors and warnings, and the messages for people.</param>
/// <param name="told">
/// The warnings that processes of this build have given. Training and export may find the same about the machine, and it is told once.
/// </param>
internal sealed class WorkerProcess(string host, string worker, DiagnosticLog diagnostics, HashSet<Diagnostic> told)
{
    private const int LinesOfLastWords = 3;

    // Parts of names of variables that hold credentials, on build servers above all. The worker uses no network.
    private static readonly string[] SecretNames =
        ["TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL", "AUTHORIZATION", "API_KEY", "APIKEY", "ACCESS_KEY", "ACCESSKEY", "PRIVATE_KEY"];

    // Long enough for a checkpoint; after that the process is killed, with its child processes.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Runs a verb until it ends.</summary>
    /// <param name="verb">What to do.</param>
    /// <param name="request">The request file.</param>
    /// <param name="environment">Environment variables in addition to those of the build.</param>
    /// <param name="cancellation">Closes the standard input of the process.</param>
    /// <exception cref="NanoDetException">NDB4201, NDB4202, or the last error that the process reported.</exception>
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
            throw new NanoDetException(error ?? WorkerDiagnostics.Failed(verb, process.ExitCode, lastWords));
        }
    }

    private Process Start(string verb, string request, IReadOnlyDictionary<string, string> environment)
    {
        if (!File.Exists(worker))
        {
            throw new NanoDetException(WorkerDiagnostics.NotStarted(worker, "there is no such file"));
        }

        var start = new ProcessStartInfo(host, [worker, verb, request, WorkerVerb.Attached])
        {
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(IsSecret).ToList())
        {
            start.Environment.Remove(name);
        }

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
            throw new NanoDetException(WorkerDiagnostics.NotStarted(host, exception.Message), exception);
        }
    }

    /// <summary>Keeps the last error until it is known whether the process failed.</summary>
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
                if (told.Add(warning))
                {
                    diagnostics.Write(warning);
                }

                return error;
        }
    }

    private static bool IsSecret(string variable)
        => Array.Exists(SecretNames, part => variable.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Reads the error output of libraries and the runtime. It is logged, and its last lines are quoted if the process reports no
    /// error. The places in the code that follow an exception are not quoted.
    /// </summary>
    private string ReadErrors(Process process)
    {
        var last = new Queue<string>();
        while (process.StandardError.ReadLine() is { } line)
        {
            diagnostics.Say(MessageImportance.Low, line);
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith("   at ", StringComparison.Ordinal) || line.StartsWith("   --- ", StringComparison.Ordinal))
            {
                continue;
            }

            last.Enqueue(line.Trim());
            if (last.Count > LinesOfLastWords)
            {
                last.Dequeue();
            }
        }

        return string.Join(" ", last);
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
            // It has ended by itself.
        }
    }
}
