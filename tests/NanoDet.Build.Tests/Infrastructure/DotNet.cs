using System.Diagnostics;
using System.Text;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>Runs <c>dotnet</c> as a user would, and keeps what was asked and answered beside the project.</summary>
internal static class DotNet
{
    /// <summary>Runs a command to its end.</summary>
    /// <returns>The exit code, and standard output and error together.</returns>
    public static Task<(int ExitCode, string Output)> RunAsync(string folder, params IReadOnlyCollection<string> arguments)
        => Start(folder, ["dotnet", .. arguments]).EndAsync();

    /// <summary>Starts a command, <c>dotnet</c> or something that starts it, with its arguments.</summary>
    /// <param name="folder">Where it works.</param>
    /// <param name="command">The command.</param>
    /// <param name="home">The home folder that it sees; null for that of the user who tests.</param>
    public static RunningCommand Start(string folder, IReadOnlyList<string> command, string? home = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
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
        // Whatever a test forgets to say, the store of the user who runs it is not touched.
        start.Environment["NanoDetStore"] = Path.GetFullPath(Path.Combine(folder, "..", "store"));
        if (home is not null)
        {
            Directory.CreateDirectory(home);
            start.Environment[OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME"] = home;
        }

        return new RunningCommand(Process.Start(start)!, folder, command);
    }
}
