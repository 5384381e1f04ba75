using System.Buffers.Binary;
using NanoDet.Training.Weights.Pickles;

namespace NanoDet.Training.Weights;

/// <summary>
/// Reads what <c>torch.save</c> wrote before PyTorch 1.6: five pickles (a magic number, the protocol, data about
/// the system, the object, the keys of its storages), then for each key the count and the raw numbers.
/// </summary>
internal static class LegacyCheckpoint
{
    private const long Protocol = 1001;

    /// <summary>Reads the state dict from a file's bytes.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="ForbiddenPickleException">Its pickle asks for more than tensors.</exception>
    public static WeightSet? Read(ReadOnlyMemory<byte> content)
    {
        Dictionary<string, TorchStorage> storages = [];
        Dictionary<string, ReadOnlyMemory<byte>> numbers = [];
        var machine = new PickleMachine((type, key, count) =>
        {
            if (!storages.TryGetValue(key, out var storage))
            {
                storages[key] = storage = new TorchStorage(
                    type, count, () => numbers.TryGetValue(key, out var bytes) ? bytes : throw new InvalidDataException($"the file has no storage '{key}'"));
            }

            return storage;
        });

        var position = 0;
        Next();
        if (Next() is not Protocol || Next() is not Dictionary<string, object?> system || !system.TryGetValue("little_endian", out var order) || order is not true)
        {
            throw new InvalidDataException("its protocol or byte order is not supported");
        }

        var value = Next();
        foreach (var key in Next() as List<object?> ?? throw new InvalidDataException("it does not list its storages"))
        {
            if (key is not string name || !storages.TryGetValue(name, out var storage))
            {
                throw new InvalidDataException("it lists a storage that nothing uses");
            }

            var count = BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)).Span);
            numbers[name] = Take(count * (Int128)WeightTensor.SizeOf(storage.Type));
        }

        return StateDictionary.Find(value);

        object? Next()
        {
            var result = machine.Run(content.Span[position..], out var length);
            position += length;
            return result;
        }

        ReadOnlyMemory<byte> Take(Int128 length)
        {
            if (length < 0 || length > content.Length - position)
            {
                throw new InvalidDataException("it is cut off");
            }

            position += (int)length;
            return content.Slice(position - (int)length, (int)length);
        }
    }
}
