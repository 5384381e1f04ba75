using NanoDet.Core.Diagnostics;

namespace NanoDet.Tool.Diagnostics;

/// <summary>A file that the user asked for, whole or as it was before; why it cannot be written is told in one line.</summary>
internal static class WrittenFile
{
    /// <summary>Writes it.</summary>
    /// <param name="path">The file, or the folder that it is in.</param>
    /// <param name="write">Writes it atomically.</param>
    /// <exception cref="NanoDetException">NDB6105.</exception>
    public static void Write(string path, Action write) => Write(path, () =>
    {
        write();
        return true;
    });

    /// <summary>Writes it.</summary>
    /// <param name="path">The file, or the folder that it is in.</param>
    /// <param name="write">Writes it atomically.</param>
    /// <returns>What <paramref name="write"/> returns.</returns>
    /// <exception cref="NanoDetException">NDB6105.</exception>
    public static T Write<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(ToolDiagnostics.UnwritableFile(path, exception.Message), exception);
        }
    }
}
