namespace NanoDet.Pipeline.Store;

/// <summary>An entry names a blob that does not exist any more. This is normal for a cache, and the same as no entry.</summary>
public sealed class IncompleteEntryException : Exception
{
    /// <summary>Says what is missing.</summary>
    public IncompleteEntryException(BlobDigest blob)
        : base($"the blob {blob.Hash} is missing")
    {
    }
}
