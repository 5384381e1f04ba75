using System.Buffers.Binary;
using System.Text.Json;
using NanoDet.Core.Files;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Incremental;

/// <summary>A training of the build's stage that has left a checkpoint.</summary>
/// <param name="Key">The key of the stage.</param>
/// <param name="HasEnded">Whether it has come to its end.</param>
/// <param name="Place">How far it has come, in words.</param>
public sealed record InterruptedTraining(string Key, bool HasEnded, string Place)
{
    private const long LargestHead = 64 << 20;

    /// <summary>
    /// Reads the head of the checkpoint of a training: a safetensors file, whose metadata have the state of the training as JSON.
    /// </summary>
    /// <param name="folder">The folder of the training.</param>
    /// <returns>Null if there is no checkpoint, or none of a stage; the training itself says what is wrong with a damaged one.</returns>
    public static InterruptedTraining? Read(string folder)
        => ReadFile(Path.Combine(folder, "checkpoint.safetensors")) ?? ReadFile(Path.Combine(folder, "checkpoint.previous.safetensors"));

    private static InterruptedTraining? ReadFile(string checkpoint)
    {
        try
        {
            using var head = JsonDocument.Parse(ReadHead(checkpoint));
            using var state = JsonDocument.Parse(head.RootElement.GetProperty("__metadata__").GetProperty("training").GetString()!);
            var (root, position) = (state.RootElement, state.RootElement.GetProperty("Position"));
            var hasEnded = root.GetProperty("Ending").ValueKind != JsonValueKind.Null;
            return root.GetProperty("Stage").GetString() is { } key && ContentHash.IsText(key)
                ? new(key, hasEnded, hasEnded ? "after its last epoch" : InWords(position.GetProperty("Epoch").GetInt32(), position.GetProperty("StepInEpoch").GetInt32()))
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return null;
        }
    }

    private static byte[] ReadHead(string path)
    {
        using var stream = RegularFile.OpenRead(path);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(length);
        var size = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (size > (ulong)Math.Min(LargestHead, stream.Length))
        {
            throw new InvalidDataException("its head is larger than it can be");
        }

        var head = new byte[size];
        stream.ReadExactly(head);
        return head;
    }

    private static string InWords(int epoch, int step) => (epoch, step) switch
    {
        (0, 0) => "before its first step",
        (_, 0) => FormattableString.Invariant($"after epoch {epoch}"),
        _ => FormattableString.Invariant($"after step {step} of epoch {epoch + 1}"),
    };
}
