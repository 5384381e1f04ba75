using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Store.Protocol;

/// <summary>Encodes and decodes an entry as an <c>ActionResult</c>, whose bytes are not trusted.</summary>
internal static class ActionCodec
{
    /// <summary>The largest entry to read, in bytes; ours have a few hundred.</summary>
    public const int MostBytes = 1 << 16;

    private const int MostFiles = 16;

    /// <summary>The largest blob to fetch, in bytes: larger than any network of this family, and smaller than a disk.</summary>
    private const long LargestBlob = 2L << 30;

    /// <summary>Encodes an entry.</summary>
    public static byte[] Write(StoredAction action)
    {
        var result = new ActionResult();
        foreach (var file in action.Files)
        {
            result.OutputFiles.Add(new OutputFile
            {
                Path = file.Name,
                Digest = new Digest { Hash = file.Digest.Hash, SizeBytes = file.Digest.Size },
            });
        }

        if (action.Completed is { } completed)
        {
            result.ExecutionMetadata = new ExecutedActionMetadata { WorkerCompletedTimestamp = Timestamp.FromDateTimeOffset(completed) };
        }

        return result.ToByteArray();
    }

    /// <summary>Decodes an entry.</summary>
    /// <param name="content">At most <see cref="MostBytes"/>.</param>
    /// <exception cref="DamagedEntryException">It is not a valid entry, or it must not be used.</exception>
    public static StoredAction Read(ReadOnlySpan<byte> content)
    {
        ActionResult result;
        try
        {
            result = ActionResult.Parser.ParseFrom(content);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new DamagedEntryException("it is not an action result", exception);
        }

        if (result.ExitCode != 0)
        {
            throw new DamagedEntryException("its action failed");
        }

        if (result.OutputFiles.Count is 0 or > MostFiles)
        {
            throw new DamagedEntryException($"it lists {result.OutputFiles.Count} files");
        }

        var files = result.OutputFiles.Select(File).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        return files.DistinctBy(file => file.Name, StringComparer.OrdinalIgnoreCase).Count() == files.Count
            ? new StoredAction([.. files], Completed(result.ExecutionMetadata?.WorkerCompletedTimestamp))
            : throw new DamagedEntryException("it lists a file twice");
    }

    private static StoredFile File(OutputFile file)
    {
        if (!StoredFile.IsSafeName(file.Path))
        {
            throw new DamagedEntryException("it names a file outside the stage's folder");
        }

        return file.Digest is { } digest && ContentHash.IsText(digest.Hash) && digest.SizeBytes is >= 0 and <= LargestBlob
            ? new StoredFile(file.Path, new BlobDigest(digest.Hash, digest.SizeBytes))
            : throw new DamagedEntryException("one of its digests is not valid");
    }

    private static DateTimeOffset? Completed(Timestamp? time)
    {
        try
        {
            return time?.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            return null; // Nothing depends on it.
        }
    }
}
