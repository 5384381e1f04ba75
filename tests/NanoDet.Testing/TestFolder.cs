using System.Collections.Concurrent;
using Xunit;

namespace NanoDet.Testing;

/// <summary>An empty folder for one test, outside the checkout; removed at the end unless the test failed in it.</summary>
public sealed class TestFolder : IDisposable
{
    // Folders that a test has let go of while nobody knew yet how it would end, by the test.
    private static readonly ConcurrentDictionary<string, ConcurrentBag<string>> Waiting = new();

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
        var own = Path.GetDirectoryName(FullPath)!;
        if (TestContext.Current is { Test.UniqueID: var test, TestState: null })
        {
            Waiting.GetOrAdd(test, _ => []).Add(own);
        }
        else if (TestContext.Current.TestState?.Result != TestResult.Failed)
        {
            Directory.Delete(own, recursive: true);
        }
    }

    /// <summary>Removes what a test has let go of, unless it failed: then the logs in it are needed.</summary>
    internal static void Settle(string test)
    {
        if (Waiting.TryRemove(test, out var folders) && TestContext.Current.TestState?.Result != TestResult.Failed)
        {
            foreach (var folder in folders)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
