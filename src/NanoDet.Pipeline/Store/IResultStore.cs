namespace NanoDet.Pipeline.Store;

/// <summary>
/// A store of results by key, in the layout of Bazel's remote cache: <c>ac</c> has an entry for each key, and <c>cas</c> the
/// files of all entries, by the hash of their bytes.
/// </summary>
internal interface IResultStore
{
    /// <summary>Returns the entry of a key; null if there is none.</summary>
    /// <exception cref="DamagedEntryException">The entry is not valid.</exception>
    /// <exception cref="IncompleteEntryException">One of its blobs is known to be missing.</exception>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    Task<StoredAction?> FindAsync(string key, CancellationToken cancellation);

    /// <summary>Copies a blob and checks its digest.</summary>
    /// <exception cref="DamagedEntryException">The content does not match the digest.</exception>
    /// <exception cref="IncompleteEntryException">The blob is missing.</exception>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    Task CopyAsync(BlobDigest blob, Stream target, CancellationToken cancellation);

    /// <summary>Writes a result: first its blobs, then the entry, so that no entry exists without its blobs.</summary>
    /// <param name="key">The key.</param>
    /// <param name="action">The names and digests of the files.</param>
    /// <param name="folder">The folder that the names of the files are relative to.</param>
    /// <param name="cancellation">Stops without leaving an incomplete result.</param>
    /// <exception cref="DamagedEntryException">A file does not match its digest.</exception>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    Task PutAsync(string key, StoredAction action, string folder, CancellationToken cancellation);
}
