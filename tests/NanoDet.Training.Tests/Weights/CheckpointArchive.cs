using System.IO.Compression;

namespace NanoDet.Training.Tests.Weights;

/// <summary>Writes the zip form of a PyTorch file.</summary>
internal static class CheckpointArchive
{
    public static string Write(string path, byte[] pickle, params (string Key, float[] Numbers)[] storages) => Write(path, CompressionLevel.NoCompression, pickle, storages);

    public static string Write(string path, CompressionLevel compression, byte[] pickle, params (string Key, float[] Numbers)[] storages)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Add(archive, compression, "archive/data.pkl", pickle);
        foreach (var (key, numbers) in storages)
        {
            Add(archive, compression, $"archive/data/{key}", [.. numbers.SelectMany(BitConverter.GetBytes)]);
        }

        return path;
    }

    private static void Add(ZipArchive archive, CompressionLevel compression, string name, byte[] content)
    {
        using var stream = archive.CreateEntry(name, compression).Open();
        stream.Write(content);
    }
}
