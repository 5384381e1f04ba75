using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NanoDet.Core.Files;

/// <summary>
/// Opens files from outside. Only regular files are opened, because a pipe blocks whoever opens it until somebody writes into it; and
/// nothing is read beyond the length that the file had, because a device or a file that grows may have no end.
/// </summary>
internal static class RegularFile
{
    /// <summary>The most bytes that are read into memory.</summary>
    public const long Largest = 0x7FFFFFC7;

    private const FileShare Share = FileShare.Read | FileShare.Delete;

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="share">What others may do with the file in the meantime.</param>
    /// <param name="options">How it will be read.</param>
    /// <exception cref="IOException">It does not exist, is not a regular file, or the system cannot read it.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses it.</exception>
    public static SafeFileHandle OpenHandle(string path, FileShare share = Share, FileOptions options = FileOptions.None)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            RequireRegular(path);
        }

        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, share, options);
        }
        catch (UnauthorizedAccessException exception) when (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder", exception);
        }
    }

    /// <summary>Opens a file as a stream without a buffer.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">As for <see cref="OpenHandle"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="OpenHandle"/>.</exception>
    public static FileStream OpenRead(string path) => new(OpenHandle(path), FileAccess.Read, bufferSize: 1);

    /// <summary>Reads a file completely.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <exception cref="IOException">As for <see cref="OpenHandle"/>, or it is larger.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="OpenHandle"/>.</exception>
    public static byte[] ReadAllBytes(string path, long limit = Largest)
    {
        using var handle = OpenHandle(path);
        var length = RandomAccess.GetLength(handle);
        if (length > limit)
        {
            throw new IOException(FormattableString.Invariant($"it has {length} bytes, but at most {limit} are allowed"));
        }

        var content = new byte[length];
        var filled = 0;
        while (filled < content.Length && RandomAccess.Read(handle, content.AsSpan(filled), filled) is > 0 and var read)
        {
            filled += read;
        }

        return filled == content.Length ? content : content[..filled];
    }

    /// <summary>Reads a text file completely, as UTF-8 unless it begins with the mark of another encoding.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <param name="encoding">The encoding; null for UTF-8 that accepts wrong bytes.</param>
    /// <exception cref="IOException">As for <see cref="ReadAllBytes"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="OpenHandle"/>.</exception>
    public static string ReadAllText(string path, long limit, Encoding? encoding = null)
    {
        using var reader = new StreamReader(new MemoryStream(ReadAllBytes(path, limit)), encoding ?? Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>
    /// Refuses what has no length, and what has more content than length. Opened without waiting, even a pipe can be recognised.
    /// </summary>
    private static void RequireRegular(string path)
    {
        var (withoutWaiting, closeInChildren) = OperatingSystem.IsLinux() ? (0x800, 0x80000) : (0x4, 0x1000000);
        using var probe = new SafeFileHandle(Open(path, withoutWaiting | closeInChildren), ownsHandle: true);
        if (probe.IsInvalid)
        {
            // The runtime knows the words for the reason.
            return;
        }

        if (!IsRegular(probe))
        {
            throw new IOException($"'{path}' is not a regular file");
        }
    }

    private static bool IsRegular(SafeFileHandle file)
    {
        try
        {
            // Devices have the length 0.
            return RandomAccess.GetLength(file) > 0 || RandomAccess.Read(file, stackalloc byte[1], 0) == 0;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open(string path, int flags);
}
