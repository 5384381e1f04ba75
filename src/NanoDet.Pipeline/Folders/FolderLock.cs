using System.Diagnostics;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Pipeline.Folders;

/// <summary>
/// Lets only one build at a time work in a folder. The lock is an open file, which the system closes when its process ends, so a
/// killed build leaves no lock behind.
/// </summary>
public sealed class FolderLock : IDisposable
{
    /// <summary>Name of the open file.</summary>
    public const string FileName = ".lock";

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock of a folder.</summary>
    /// <param name="folder">The folder; created if it does not exist.</param>
    /// <param name="patience">How long to wait for another build.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="DiagnosticException">NDB9050: another build still holds it.</exception>
    public static FolderLock Take(string folder, TimeSpan patience, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException exception) when (exception is not DirectoryNotFoundException)
            {
                if (Stopwatch.GetElapsedTime(started) > patience)
                {
                    throw new DiagnosticException(FolderDiagnostics.Busy(folder, patience), exception);
                }

                cancellation.WaitHandle.WaitOne(50);
            }
        }
    }

    /// <summary>Whether a process holds the lock now. The test may delay another process for an instant, but that process waits for the lock anyway.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsTaken(string folder)
    {
        try
        {
            using var file = new FileStream(Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
