using System.Globalization;
using System.IO.Compression;
using NanoDet.Data.Files;
using NanoDet.Training.Weights.Pickles;

namespace NanoDet.Training.Weights;

/// <summary>
/// Writes a PyTorch file (<c>.pth</c>) in its zip form, which the original loads: <c>{"state_dict": …}</c> with the names of the plain
/// model, and beside it the metadata, if there are any. The same weights give the same bytes.
/// </summary>
public static class TorchWriter
{
    private const string Folder = "archive";

    // The earliest time that a zip archive can name.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a file atomically.</summary>
    public static void Write(string path, WeightSet weights) => AtomicFile.Write(path, stream => Write(stream, weights));

    /// <summary>Writes into a stream.</summary>
    public static void Write(Stream stream, WeightSet weights)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, "data.pkl", PickleBuilder.StateDict(weights));
        Add(archive, "byteorder", "little"u8);
        foreach (var (i, (_, tensor)) in weights.Tensors.Index())
        {
            Add(archive, string.Create(CultureInfo.InvariantCulture, $"data/{i}"), tensor.Data.Span);
        }

        Add(archive, "version", "3\n"u8);
    }

    private static void Add(ZipArchive archive, string name, ReadOnlySpan<byte> content)
    {
        // PyTorch reads entries where they lie, so they are not compressed.
        var entry = archive.CreateEntry($"{Folder}/{name}", CompressionLevel.NoCompression);
        entry.LastWriteTime = Epoch;
        using var bytes = entry.Open();
        bytes.Write(content);
    }
}
