using System.Diagnostics;
using System.Globalization;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>The worker's processes that a build of a project has started, as Linux lists them.</summary>
internal static class WorkerProcesses
{
    /// <summary>All that were started with a request of this project.</summary>
    public static List<int> Of(BuildProject project) => [.. VerbsOf(project).Select(worker => worker.Process)];

    /// <summary>The same, with what they do.</summary>
    public static List<(int Process, string Verb)> VerbsOf(BuildProject project)
    {
        var found = new List<(int, string)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process))
            {
                continue;
            }

            try
            {
                if (File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0') is [_, var program, var verb, var request, ..]
                    && program.EndsWith("NanoDet.Worker.dll", StringComparison.Ordinal)
                    && request.StartsWith(project.Folder.FullPath, StringComparison.Ordinal))
                {
                    found.Add((process, verb));
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Gone in the meantime, or another user's.
            }
        }

        return found;
    }

    /// <summary>Whether any other process still holds the writing end of a process's standard input.</summary>
    public static bool HasOpenInput(int process)
    {
        var input = new FileInfo($"/proc/{process}/fd/0").LinkTarget;
        return input is not null && Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var other) && other != process)
            .Any(folder => OpenFiles(folder).Contains(input));
    }

    private static List<string?> OpenFiles(string process)
    {
        try
        {
            return [.. Directory.EnumerateFiles(Path.Combine(process, "fd")).Select(file => new FileInfo(file).LinkTarget)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // Gone in the meantime, or another user's.
        }
    }

    /// <summary>Sends a signal to processes at once; it is no failure where one has gone in the meantime.</summary>
    public static void Signal(string name, params IEnumerable<int> processes)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", .. processes.Select(process => $"{process}")]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }
}
