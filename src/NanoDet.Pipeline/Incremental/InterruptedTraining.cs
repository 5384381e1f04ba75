using System.Buffers.Binary;
using System.Text.Json;
using NanoDet.Core.Files;

namespace NanoDet.Pipeline.Incremental;

/// <summary>
/// Reads how far an interrupted training has come, from the head of its checkpoint: a safetensors file, whose metadata have the state of
/// the training as JSON.
/// </summary>
public static class InterruptedTraining
{
    private const long LargestHead = 64 << 20;

    /// <summary>Returns how far a training has come, in words.</summary>
    /// <param name="checkpoint">The path of the checkpoint.</param>
    /// <param name="key">The key of the training.</param>
    /// <returns>Null if there is no checkpoint of this training, or if it is complete.</returns>
    public static string? Find(string checkpoint, string key)
    {
        try
        {
            using var head = JsonDocument.Parse(ReadHead(checkpoint));
            using var state = JsonDocument.Parse(head.RootElement.GetProperty("__metadata__").GetProperty("training").GetString()!);
            var (root, position) = (state.RootElement, state.RootElement.GetProperty("Position"));
            return root.GetProperty("Stage").GetString() != key || root.GetProperty("Ending").ValueKind != JsonValueKind.Null
                ? null
                : InWords(position.GetProperty("Epoch").GetInt32(), position.GetProperty("StepInEpoch").GetInt32());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            // The training itself says what is wrong with it.
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
