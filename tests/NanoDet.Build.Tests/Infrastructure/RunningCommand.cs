using System.Diagnostics;
using System.Text;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>A command that runs.</summary>
internal sealed class RunningCommand(Process process, string folder, IReadOnlyCollection<string> command)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private readonly Task<string> _output = process.StandardOutput.ReadToEndAsync();
    private readonly Task<string> _error = process.StandardError.ReadToEndAsync();

    /// <summary>Number of the process.</summary>
    public int Id => process.Id;

    /// <summary>Whether it has come to its end.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code, and standard output and error together.</returns>
    public async Task<(int ExitCode, string Output)> EndAsync()
    {
        using (process)
        {
            using var patience = new CancellationTokenSource(Longest);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            finally
            {
                process.Kill(entireProcessTree: true);
            }

            var text = await _output + await _error;
            await RecordAsync(process.ExitCode, text);
            return (process.ExitCode, text);
        }
    }

    private async Task RecordAsync(int exitCode, string output)
    {
        var record = $"# {string.Join(' ', command)}\n\nexit code {exitCode}\n\n```\n{output}\n```\n";
        for (var number = 0; ; number++)
        {
            try
            {
                await using var file = new FileStream(Path.Combine(folder, $"command-{number:00}.md"), FileMode.CreateNew);
                await file.WriteAsync(Encoding.UTF8.GetBytes(record));
                return;
            }
            catch (IOException) when (File.Exists(Path.Combine(folder, $"command-{number:00}.md")))
            {
                // Taken by the command before, or by one that runs at the same time.
            }
        }
    }
}
