using System.Buffers;

namespace NanoDet.Data.Files;

/// <summary>Writes files atomically: to a temporary file in the same folder, which is flushed and then renamed to the target.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file through a stream; the target changes only after <paramref name="write"/> returns.</summary>
    /// <param name="path">The target; its folder is created if it does not exist.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="durable">
    /// Whether the bytes are written to the disk before the rename. Otherwise a power cut may leave an empty file under the final
    /// name, so false is only for files that can be made again and whose length is checked.
    /// </param>
    /// <param name="previous">
    /// The path under which the file that is replaced is kept; null to lose it. A process that is killed between the two renames
    /// leaves only that one.
    /// </param>
    public static void Write(string path, Action<Stream> write, bool durable = true, string? previous = null)
    {
        var full = Path.GetFullPath(path);
        if (OpenDevice(full) is { } device)
        {
            using (device)
            {
                write(device);
            }

            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var aside = AsideOf(full);
        try
        {
            using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: durable);
            }

            if (previous is not null && File.Exists(full))
            {
                File.Move(full, previous, overwrite: true);
            }

            File.Move(aside, full, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>
    /// The file to write where a user may have put a link: the one that it leads to, so that the link stays. Files of our own are
    /// not written through links, because they would lead out of our folder. A device, such as <c>/dev/stdout</c>, stays what it is: the links of
    /// the system lead to something without a path.
    /// </summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string BehindLink(string path)
        => !IsOfDevices(Path.GetFullPath(path)) && new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;

    /// <summary>
    /// Opens a device, such as <c>/dev/null</c> or <c>/dev/stdout</c>: it is written into, because root would replace it by a file for the whole
    /// machine.
    /// </summary>
    /// <param name="full">The full path.</param>
    /// <returns>Null for the path of a file, whether it is there or not.</returns>
    public static FileStream? OpenDevice(string full)
        => IsOfDevices(full) && File.Exists(full) ? new(full, FileMode.Open, FileAccess.Write) : null;

    /// <summary>Returns a temporary path beside a file, which is later renamed to the file.</summary>
    public static string AsideOf(string path)
    {
        var suffix = $".{Guid.NewGuid():N}.tmp";
        return Path.Combine(Path.GetDirectoryName(path) ?? "", FileNameLength.Cut(Path.GetFileName(path), FileNameLength.Most - suffix.Length) + suffix);
    }

    /// <summary>Whether a path is such a temporary file, which only a killed process leaves behind.</summary>
    public static bool IsUnfinished(string path)
        => Path.GetFileName(path).Split('.') is [_, .., var name, "tmp"] && Guid.TryParseExact(name, "N", out _);

    /// <summary>Writes bytes as a file.</summary>
    public static void Write(string path, ReadOnlyMemory<byte> content, bool durable = true)
        => Write(path, stream => stream.Write(content.Span), durable);

    /// <summary>
    /// Writes bytes only if the file differs, so that its time stamp shows a change of content.
    /// </summary>
    /// <param name="path">The target.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="durable">As of <see cref="Write(string, Action{Stream}, bool, string?)"/>.</param>
    /// <returns>Whether the file was written.</returns>
    public static bool WriteIfDifferent(string path, ReadOnlyMemory<byte> content, bool durable = true)
    {
        if (Holds(path, content.Span))
        {
            return false;
        }

        Write(path, content, durable);
        return true;
    }

    private static bool IsOfDevices(string full)
        => !OperatingSystem.IsWindows() && full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);

    // In blocks, because both may be large.
    private static bool Holds(string path, ReadOnlySpan<byte> content)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length != content.Length)
        {
            return false;
        }

        using var handle = File.OpenHandle(path);
        var piece = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            var compared = 0;
            while (RandomAccess.Read(handle, piece, compared) is > 0 and var read)
            {
                if (read > content.Length - compared || !piece.AsSpan(0, read).SequenceEqual(content.Slice(compared, read)))
                {
                    return false;
                }

                compared += read;
            }

            return compared == content.Length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
