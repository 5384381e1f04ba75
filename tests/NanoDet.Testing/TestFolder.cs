namespace NanoDet.Testing;

/// <summary>An empty folder for one test, outside the checkout; removed at the end unless the test failed in it.</summary>
public sealed class TestFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    /// <param name="name">Last part of its name; may hold characters that a test wants to see in paths.</param>
    public TestFolder(string name = "work")
    {
        FullPath = Path.Combine(Path.GetTempPath(), "nanodet-tests", Guid.NewGuid().ToString("N")[..12], name);
        Directory.CreateDirectory(FullPath);
    }

    /// <summary>The folder's path.</summary>
    public string FullPath { get; }

    /// <summary>Path of an entry of the folder, given with forward slashes.</summary>
    public string this[string relative] => Path.Combine(FullPath, relative.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Writes a text file into the folder and returns its path.</summary>
    public string Write(string relative, string content)
    {
        var path = this[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (Xunit.TestContext.Current.TestState?.Result != Xunit.TestResult.Failed)
        {
            Directory.Delete(Path.GetDirectoryName(FullPath)!, recursive: true);
        }
    }
}
