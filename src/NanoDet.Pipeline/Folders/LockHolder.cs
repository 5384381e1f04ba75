using System.Diagnostics;
using System.Globalization;
using System.Text;
using NanoDet.Data.Files;

namespace NanoDet.Pipeline.Folders;

/// <summary>
/// The process that holds the lock of a folder, in a file beside the lock, because a locked file cannot be read on every system. It
/// is only for people: if it cannot be written or read, nobody knows who holds the lock.
/// </summary>
internal static class LockHolder
{
    /// <summary>Name of the file.</summary>
    public const string FileName = ".lock.holder";

    private const int MostBytes = 1024;

    // Systems compute the start of a process from their uptime.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private static readonly string Here = Environment.MachineName;
    private static readonly DateTime Started = StartOf(Environment.ProcessId) ?? default;

    /// <summary>Says that this process holds the lock.</summary>
    public static void Write(string folder) => Try(() =>
    {
        AtomicFile.Write(Path.Combine(folder, FileName), Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{Started:O}\n{DateTime.UtcNow:O}\n{Here}\n")), durable: false);
        return true;
    });

    /// <summary>Deletes the file.</summary>
    public static void Delete(string folder) => Try(() =>
    {
        File.Delete(Path.Combine(folder, FileName));
        return true;
    });

    /// <summary>Returns the words for the process that holds the lock, which somebody holds; null if it is not known.</summary>
    public static string? Read(string folder) => Try(() =>
    {
        var file = new FileInfo(Path.Combine(folder, FileName));
        return file is { Exists: true, Length: <= MostBytes } && File.ReadAllText(file.FullName).Split('\n') is [var id, var started, var since, var machine, ..]
            && int.TryParse(id, CultureInfo.InvariantCulture, out var process)
            && Time(started) is { } start && Time(since) is { } taken
            ? Words(process, start, taken, machine)
            : null;
    });

    private static string? Words(int process, DateTime started, DateTime taken, string machine)
    {
        var since = taken.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return machine != Here ? $"process {process} on {machine}, since {since}"
            // Another process may have the number by now.
            : (StartOf(process) - started)?.Duration() <= Tolerance ? $"process {process}, since {since}"
            : null;
    }

    private static DateTime? Time(string text)
        => DateTime.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : null;

    /// <summary>When a process started; null if there is none.</summary>
    private static DateTime? StartOf(int id) => Try(() =>
    {
        using var process = Process.GetProcessById(id);
        return (DateTime?)process.StartTime.ToUniversalTime();
    });

    private static T? Try<T>(Func<T?> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException
            or NotSupportedException or System.ComponentModel.Win32Exception)
        {
            return default;
        }
    }
}
