using System.Text;
using NanoDet.Core.Files;

namespace NanoDet.Tool.Suggesting;

/// <summary>Finds the project whose builds take what is written into a folder.</summary>
internal static class ProjectAround
{
    private const long LargestProject = 1 << 20;

    /// <summary>The nearest project file in a folder or above it, if it uses NanoDet.Build.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Null where there is none.</returns>
    public static string? Of(string folder)
    {
        for (var above = Path.GetFullPath(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            if (Directory.Exists(above) && Directory.EnumerateFiles(above, "*.*proj").FirstOrDefault() is { } project)
            {
                return Uses(project) ? project : null;
            }
        }

        return null;
    }

    private static bool Uses(string project)
    {
        try
        {
            return Encoding.UTF8.GetString(RegularFile.ReadAllBytes(project, LargestProject)).Contains("NanoDet", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // Then no build takes anything.
        }
    }
}
