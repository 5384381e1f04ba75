namespace NanoDet.Data.Files;

/// <summary>
/// Stored paths: relative to the project's folder, with forward slashes on every system, so that they
/// stay valid when the checkout moves. A file on another drive keeps its full path.
/// </summary>
public static class ProjectPath
{
    /// <summary>Returns the stored form of a path that is full, or relative to the project's folder.</summary>
    public static string Relative(string projectFolder, string path)
    {
        var isPlain = !Path.IsPathRooted(path) && !path.StartsWith('.') && !path.Contains("/.", StringComparison.Ordinal)
            && !path.Contains("\\.", StringComparison.Ordinal) && !path.Contains("//", StringComparison.Ordinal);
        var relative = isPlain ? path : Path.GetRelativePath(projectFolder, Path.Combine(projectFolder, path));
        return Path.DirectorySeparatorChar == '/' ? relative : relative.Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>Returns the full path of a stored one.</summary>
    public static string Full(string projectFolder, string stored)
        => Path.GetFullPath(Path.Combine(projectFolder, stored.Replace('/', Path.DirectorySeparatorChar)));
}
