namespace NanoDet.Pipeline.Caching;

/// <summary>What the file system knows about a file without reading it.</summary>
/// <param name="Length">Length in bytes.</param>
/// <param name="ModifiedTicks">Last change in ticks, UTC.</param>
public readonly record struct FileStamp(long Length, long ModifiedTicks)
{
    /// <summary>Returns the stamp of a file, or of the target of a link; null if there is no such file.</summary>
    public static FileStamp? Of(string path)
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

        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks) : null;
    }
}
