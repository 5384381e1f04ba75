namespace NanoDet.Tool.Projects;

/// <summary>Finds project files of MSBuild.</summary>
internal static class ProjectFiles
{
    // Folders that may not be read are passed over.
    private static readonly EnumerationOptions Here = new();

    /// <summary>The project files in a folder, by name; none where the folder is not there or may not be listed.</summary>
    public static IEnumerable<string> In(string folder)
        => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.*proj", Here).Order(StringComparer.Ordinal) : [];
}
