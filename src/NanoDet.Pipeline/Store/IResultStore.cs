namespace NanoDet.Pipeline.Store;

/// <summary>
/// Where results are kept by key, as Bazel's remote cache keeps them: <c>ac</c> has an entry for each key, and <c>cas</c> the
/// files of all entries, by the hash of their bytes.
/// </summary>
internal interface IResultStore
{
    /// <summary>The entry of a key; null where there is none.</summary>
    /// <exception cref="DamagedEntryException">It must not be used.</exception>
    /// <exception cref="IncompleteEntryException">One of its blobs is known to be missing.</exception>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    Task<StoredAction?> FindAsync(string key, CancellationToken cancellation);

    /// <summary>Copies a blob; what arrives is the blob, or the call fails.</summary>
    /// <exception cref="DamagedEntryException">It has other bytes.</exception>
    /// <exception cref="IncompleteEntryException">It is missing.</exception>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    Task CopyAsync(BlobDigest blob, Stream target, CancellationToken cancellation);

    /// <summary>Keeps a result: first its blobs, then the entry, so that no entry is there before its blobs are.</summary>
    /// <param name="key">The key.</param>
    /// <param name="action">What the files are said to be.</param>
    /// <param name="folder">The folder that the names of the files are relative to.</param>
    /// <param name="cancellation">Ends it, with nothing half kept.</param>
    /// <exception cref="DamagedEntryException">A file is not what it is said to be.</exception>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    Task PutAsync(string key, StoredAction action, string folder, CancellationToken cancellation);
}
