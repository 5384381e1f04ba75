namespace NanoDet.Pipeline.Caching;

/// <summary>
/// What the file system knows about a file without reading it. A program may give a file that it replaces the old length and time;
/// it cannot choose when the file system notes the change, nor which file it is. .NET does not tell these two, so the systems are
/// asked themselves; where one does not answer, they are 0.
/// </summary>
/// <param name="Length">Length in bytes.</param>
/// <param name="ModifiedTicks">When the content was last changed, in ticks, UTC. Programs can set it.</param>
/// <param name="ChangedTicks">When anything about the file was last changed, in ticks, UTC (<c>ctime</c>).</param>
/// <param name="Identity">Which file of the file system it is (inode).</param>
public readonly partial record struct FileStamp(long Length, long ModifiedTicks, long ChangedTicks, ulong Identity)
{
    private static volatile bool _systemAnswers = true;

    /// <summary>Returns the stamp of a file, or of the target of a link; null if there is no such file.</summary>
    public static FileStamp? Of(string path) => AskSystem(path) ?? OfFileInfo(path);

    private static FileStamp? AskSystem(string path)
    {
        if (!_systemAnswers)
        {
            return null;
        }

        try
        {
            return OperatingSystem.IsLinux() ? OnLinux(path)
                : OperatingSystem.IsWindows() ? OnWindows(path)
                : OperatingSystem.IsMacOS() ? OnMac(path)
                : null;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            _systemAnswers = false; // An older C library, without the function.
            return null;
        }
    }

    private static FileStamp? OfFileInfo(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return null;
        }

        if (file.Attributes.HasFlag(FileAttributes.ReparsePoint) && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
        {
            file = target;
        }

        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks, 0, 0) : null;
    }

    private static long Ticks(long unixSeconds, long nanoseconds)
        => unchecked(DateTime.UnixEpoch.Ticks + (unixSeconds * TimeSpan.TicksPerSecond) + (nanoseconds / TimeSpan.NanosecondsPerTick));
}
