namespace NanoDet.Core.Files;

/// <summary>Links to files that are not there. <see cref="File.Exists"/> says that they are, on some systems.</summary>
internal static class BrokenLink
{
    /// <summary>Whether a path is such a link.</summary>
    public static bool Is(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: false };
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false; // It is no link; whoever opens it says what is wrong.
        }
        catch (IOException)
        {
            return true; // Links that lead to each other.
        }
    }
}
