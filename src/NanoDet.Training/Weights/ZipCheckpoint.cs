using System.IO.Compression;
using ICSharpCode.SharpZipLib.Checksum;
using NanoDet.Training.Weights.Pickles;

namespace NanoDet.Training.Weights;

/// <summary>
/// Reads what <c>torch.save</c> has written since PyTorch 1.6: a zip archive of one folder with the pickle
/// <c>data.pkl</c> and one file of raw numbers for every storage. PyTorch compresses none of them, but reads archives in which they are.
/// </summary>
internal static class ZipCheckpoint
{
    private const int MostCompression = 4;

    /// <summary>Reads the state dict from a file's bytes.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    /// <exception cref="ForbiddenPickleException">Its pickle asks for more than tensors.</exception>
    public static WeightSet? Read(byte[] content)
    {
        using var archive = new ZipArchive(new MemoryStream(content, writable: false));
        var pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))
            ?? throw new InvalidDataException("the archive has no data.pkl");
        var folder = pickle.FullName[..^"data.pkl".Length];
        if (archive.GetEntry(folder + "byteorder") is { } order && Content(order, limit: 16) is [(byte)'b', ..])
        {
            throw new InvalidDataException("its numbers are big-endian");
        }

        // Entries may overlap in a hostile archive, or be compressed out of nothing; weights hardly get smaller.
        long budget = (long)MostCompression * content.Length;
        var storages = new Dictionary<string, TorchStorage>();
        var machine = new PickleMachine((type, key, count) =>
        {
            if (!storages.TryGetValue(key, out var storage))
            {
                storages[key] = storage = new TorchStorage(type, count, () =>
                {
                    var entry = archive.GetEntry($"{folder}data/{key}") ?? throw new InvalidDataException($"the archive has no storage '{key}'");
                    var bytes = Content(entry, budget);
                    budget -= bytes.Length;
                    return bytes;
                });
            }

            return storage;
        });
        return StateDictionary.Find(machine.Run(Content(pickle, PickleMachine.LargestPickle), out _));
    }

    private static byte[] Content(ZipArchiveEntry entry, long limit)
    {
        if (entry.Length > limit)
        {
            throw new InvalidDataException($"the entry '{entry.Name}' is larger than it can be");
        }

        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);

        // ZipArchive does not compare them.
        var checksum = new Crc32();
        checksum.Update(bytes);
        return checksum.Value == entry.Crc32 ? bytes
            : throw new InvalidDataException($"the CRC-32 of the entry '{entry.Name}' is not that of its bytes");
    }
}
