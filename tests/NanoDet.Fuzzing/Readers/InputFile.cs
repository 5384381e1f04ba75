namespace NanoDet.Fuzzing.Readers;

/// <summary>An input as a file, for readers that open one; it is gone afterwards.</summary>
internal static class InputFile
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("nanodet-fuzzing-").FullName;

    static InputFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    /// <summary>Gives a reader the path of a file with the input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="read">Reads it.</param>
    public static Action<byte[]> Of(string name, Action<string> read) => content =>
    {
        // A folder of its own for each thread: readers are tried side by side.
        var folder = Directory.CreateDirectory(Path.Combine(Folder, $"{Environment.CurrentManagedThreadId}")).FullName;
        var path = Path.Combine(folder, name);
        try
        {
            File.WriteAllBytes(path, content);
            read(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    };
}
