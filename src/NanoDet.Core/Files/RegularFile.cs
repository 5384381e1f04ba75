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
    /// <param name="share">What others may do with the file in the meantime, where the system knows such rules (Windows).</param>
    /// <exception cref="IOException">It does not exist, is not a regular file, or the system cannot read it.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses it.</exception>
    public static SafeFileHandle OpenHandle(string path, FileShare share = Share)
    {
        try
        {
            var opened = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? OpenWithoutWaiting(path) : null;
            return opened ?? File.OpenHandle(path, FileMode.Open, FileAccess.Read, share);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && Directory.Exists(path))
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
    /// Opens without waiting, so that even a pipe can be recognised, and refuses what has no length, and what has more content
    /// than length. The file is opened once: what is checked is what is read, and a second opening costs as much as the reading of a label.
    /// </summary>
    /// <returns>Null if it cannot be opened: the runtime knows the words for the reason.</returns>
    private static SafeFileHandle? OpenWithoutWaiting(string path)
    {
        var (withoutWaiting, closeInChildren) = OperatingSystem.IsLinux() ? (0x800, 0x80000) : (0x4, 0x1000000);
        var file = new SafeFileHandle(Open(path, withoutWaiting | closeInChildren), ownsHandle: true);
        if (file.IsInvalid)
        {
            file.Dispose();
            return null;
        }

        try
        {
            return IsRegular(file) ? file : throw new IOException($"'{path}' is not a regular file");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static bool IsRegular(SafeFileHandle file)
    {
        long length;
        try
        {
            length = RandomAccess.GetLength(file);
        }
        catch (NotSupportedException)
        {
            return false;
        }

        // Devices have the length 0; a folder cannot be read.
        return RandomAccess.Read(file, stackalloc byte[1], 0) == Math.Min(length, 1);
    }

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open(string path, int flags);
}
