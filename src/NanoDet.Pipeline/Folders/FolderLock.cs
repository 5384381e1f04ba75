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

    /// <summary>Name of the file beside it that says which process holds the lock.</summary>
    public const string HolderName = LockHolder.FileName;

    private readonly string _folder;
    private readonly FileStream _file;

    private FolderLock(string folder, FileStream file) => (_folder, _file) = (folder, file);

    /// <summary>Waits for the lock of a folder.</summary>
    /// <param name="folder">The folder; created if it does not exist.</param>
    /// <param name="patience">How long to wait for another build.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <param name="waiting">Gets a line for people, once, if it has to wait.</param>
    /// <exception cref="NanoDetException">NDB9050: another build still holds it; NDB9051: the folder cannot be written.</exception>
    public static FolderLock Take(string folder, TimeSpan patience, CancellationToken cancellation, Action<string>? waiting = null)
    {
        var started = Stopwatch.GetTimestamp();
        var hasWaited = false;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryTake(folder) is { } taken)
            {
                return taken;
            }

            var holder = LockHolder.Read(folder);
            if (Stopwatch.GetElapsedTime(started) > patience)
            {
                throw new NanoDetException(FolderDiagnostics.Busy(folder, patience, holder));
            }

            if (!hasWaited)
            {
                waiting?.Invoke($"waiting for another build, which works in '{folder}'{(holder is null ? "" : $" ({holder})")}");
                hasWaited = true;
            }

            cancellation.WaitHandle.WaitOne(50);
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
        catch (IOException exception)
        {
            return IsHeld(exception);
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        LockHolder.Delete(_folder);
        _file.Dispose();
    }

    /// <summary>Takes the lock; null if another process holds it.</summary>
    /// <exception cref="NanoDetException">NDB9051.</exception>
    private static FolderLock? TryTake(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var file = new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            LockHolder.Write(folder);
            return new FolderLock(folder, file);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(FolderDiagnostics.NotAccessible(exception.Message), exception);
        }
    }

    /// <summary>Whether a file cannot be opened because a process has locked it, and for no other reason.</summary>
    private static bool IsHeld(IOException exception)
    {
        const int SharingViolation = unchecked((int)0x80070020);
        const int LockViolation = unchecked((int)0x80070021);
        const int WouldBlockOnLinux = 11;
        const int WouldBlockOnMac = 35;
        return OperatingSystem.IsWindows() ? exception.HResult is SharingViolation or LockViolation
            : exception.HResult == (OperatingSystem.IsLinux() ? WouldBlockOnLinux : WouldBlockOnMac);
    }
}
