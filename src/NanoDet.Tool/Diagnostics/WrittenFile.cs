using System.Text.RegularExpressions;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Tool.Diagnostics;

/// <summary>A file that the user asked for, whole or as it was before; why it cannot be written is told in one line.</summary>
internal static partial class WrittenFile
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
            // The reason names the file beside it that is written first, which nobody knows.
            throw new NanoDetException(ToolDiagnostics.UnwritableFile(path, AsideName().Replace(exception.Message, "$1")), exception);
        }
    }

    [GeneratedRegex(@"([^/\\']*)\.[0-9a-f]{32}\.tmp(?=')")]
    private static partial Regex AsideName();
}
