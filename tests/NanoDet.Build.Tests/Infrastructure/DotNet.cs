using System.Diagnostics;
using System.Text;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>Runs <c>dotnet</c> as a user would, and keeps what was asked and answered beside the project.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command to its end.</summary>
    /// <returns>The exit code, and standard output and error together.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, params IReadOnlyCollection<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        // What the test run's own MSBuild left in the environment would turn up as properties of the project.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "NUGET_PACKAGES" or "CI").ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Longest);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        var text = await output + await error;
        await RecordAsync(folder, arguments, process.ExitCode, text);
        return (process.ExitCode, text);
    }

    private static async Task RecordAsync(string folder, IEnumerable<string> arguments, int exitCode, string output)
    {
        var record = $"# dotnet {string.Join(' ', arguments)}\n\nexit code {exitCode}\n\n```\n{output}\n```\n";
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
