using Xunit;

namespace NanoDet.Testing;

/// <summary>A file of the repository that follows from others: a test compares it, and writes it where <c>NANODET_WRITE_FILES=1</c> asks for that.</summary>
public static class GeneratedFile
{
    /// <summary>Compares a file with what it has to be.</summary>
    /// <param name="path">Path in the repository.</param>
    /// <param name="content">What it has to be, with LF.</param>
    public static void Expect(string path, string content)
    {
        var file = Path.Combine(Repository.Root, path.Replace('/', Path.DirectorySeparatorChar));
        if (Environment.GetEnvironmentVariable("NANODET_WRITE_FILES") == "1")
        {
            File.WriteAllText(file, content);
        }

        Assert.True(File.Exists(file), $"{path} is missing: NANODET_WRITE_FILES=1 dotnet test writes it");
        Assert.Equal(content, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }
}
