using System.Diagnostics;
using NanoDet.Cuda.Reporting;

namespace NanoDet.Cuda.Processes;

/// <summary>This program once more, with another verb. What it says is kept in a file.</summary>
internal sealed class OwnProcess : IDisposable
{
    private const int LastLines = 12;

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Options _options;

    private OwnProcess(Process process, Options options) => (_process, _options) = (process, options);

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it.</summary>
    /// <param name="options">The options of the run.</param>
    /// <param name="arguments">Its arguments.</param>
    public static OwnProcess Start(Options options, params IEnumerable<string> arguments)
    {
        // The program is either an executable of its own or a file that 'dotnet' runs.
        string[] program = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NANODET_SHARED"] = options.Reference;
        if (LibTorchFolder.Of(options) is { } folder)
        {
            start.Environment["NANODET_LIBTORCH"] = folder;
        }

        var own = new OwnProcess(Process.Start(start)!, options);
        own._process.OutputDataReceived += own.Take;
        own._process.ErrorDataReceived += own.Take;
        own._process.BeginOutputReadLine();
        own._process.BeginErrorReadLine();
        return own;
    }

    /// <summary>Waits until it has done its work.</summary>
    /// <returns>What it said.</returns>
    /// <exception cref="EndedEarlyException">It failed, or took too long.</exception>
    public IReadOnlyList<string> Finish()
    {
        if (!_process.WaitForExit(_options.Limit))
        {
            Kill();
            throw new EndedEarlyException($"took longer than {_options.Limit.TotalMinutes} minutes; {LastWords()}");
        }

        _process.WaitForExit(); // And until all lines are read.
        return _process.ExitCode == 0 ? _lines : throw new EndedEarlyException($"exit code {_process.ExitCode}; {LastWords()}");
    }

    /// <summary>Ends it as a lack of power would.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs taken)
    {
        if (taken.Data is not { } line)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Add(line);
            File.AppendAllText(Path.Combine(_options.Output, "log.txt"), $"{line}\n");
        }
    }

    private string LastWords()
    {
        lock (_lines)
        {
            return string.Join(" | ", _lines.TakeLast(LastLines));
        }
    }
}
