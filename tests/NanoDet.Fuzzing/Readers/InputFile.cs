namespace NanoDet.Fuzzing.Readers;

/// <summary>An input as a file, for readers that open one; gone when the process ends.</summary>
internal static class InputFile
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("nanodet-fuzzing-").FullName;

    static InputFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    // Readers are tried side by side, each by a thread of its own.
    [ThreadStatic]
    private static string? _ofThread;

    /// <summary>Gives a reader the path of a file with the input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="read">Reads it.</param>
    public static Action<byte[]> Of(string name, Action<string> read) => content =>
    {
        _ofThread ??= Directory.CreateDirectory(Path.Combine(Folder, Guid.NewGuid().ToString("N"))).FullName;
        var path = Path.Combine(_ofThread, name);
        File.WriteAllBytes(path, content);
        read(path);
    };
}
