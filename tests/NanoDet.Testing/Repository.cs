namespace NanoDet.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>NanoDet.Build.sln</c>.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NanoDet.Build.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no NanoDet.Build.sln above {AppContext.BaseDirectory}");
    }
}
