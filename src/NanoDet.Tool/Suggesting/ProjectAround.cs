using System.Text;
using NanoDet.Core.Files;
using NanoDet.Tool.Projects;

namespace NanoDet.Tool.Suggesting;

/// <summary>Finds the project whose builds take what is written into a folder.</summary>
internal static class ProjectAround
{
    private const long LargestProject = 1 << 20;

    /// <summary>The nearest project file in a folder or above it that uses NanoDet.Build.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Null where there is none.</returns>
    public static string? Of(string folder)
    {
        for (var above = Path.GetFullPath(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            if (ProjectFiles.In(above).FirstOrDefault(Uses) is { } project)
            {
                return project;
            }
        }

        return null;
    }

    private static bool Uses(string project)
    {
        try
        {
            return RegularFile.ReadAllText(project, LargestProject, Encoding.UTF8).Contains("NanoDet.Build", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // Then no build takes anything.
        }
    }
}
