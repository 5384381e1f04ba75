using NanoDet.Core.Files;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Store.Protocol;

namespace NanoDet.Pipeline.Store.Local;

/// <summary>
/// A store in a folder, which all projects and builds of a user share, or a team over a network. Its layout is that of
/// Bazel's disk cache: <c>ac/ab/abcd…</c> and <c>cas/ab/abcd…</c>. Every file is written under a temporary name and renamed, so a
/// killed build leaves no incomplete file under its final name. Everything that is read is checked all the same.
/// </summary>
/// <param name="folder">Full path of the folder; created with the first result.</param>
public sealed class LocalStore(string folder) : IResultStore
{
    /// <summary>The default folder of the user.</summary>
    public static string DefaultFolder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nanodet", "store");

    /// <summary>Whether the value of <c>NanoDetStore</c> asks for no store: it is empty, or says false, which nobody means as the name of a folder.</summary>
    public static bool IsNone(string folder) => folder.AsSpan().Trim() is "" || folder.AsSpan().Trim().Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>Full path of the store.</summary>
    public string Folder => folder;

    /// <summary>Returns the entry of a key if all of its blobs exist with the right length; null if there is none.</summary>
    /// <exception cref="DamagedEntryException">The entry is not valid.</exception>
    /// <exception cref="IncompleteEntryException">A blob is missing.</exception>
    public StoredAction? Find(string key)
    {
        if (ReadEntry(EntryPath(key)) is not { } action)
        {
            return null;
        }

        foreach (var blob in action.Files.Select(file => file.Digest))
        {
            var file = new FileInfo(BlobPath(blob.Hash));
            if (!file.Exists)
            {
                throw new IncompleteEntryException(blob);
            }

            if (file.Length != blob.Size)
            {
                throw new DamagedEntryException($"the blob {blob.Hash} has {file.Length} bytes instead of {blob.Size}");
            }
        }

        return action;
    }

    /// <summary>Returns the entry of a key; null if there is no complete entry, or if the store cannot be read.</summary>
    public StoredAction? TryFind(string key)
    {
        try
        {
            return Find(key);
        }
        catch (Exception exception) when (exception is DamagedEntryException or IncompleteEntryException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads an entry without looking at its blobs; null if there is none.</summary>
    /// <exception cref="DamagedEntryException">The entry is not valid.</exception>
    internal static StoredAction? ReadEntry(string path)
    {
        try
        {
            using var stream = RegularFile.OpenRead(path);
            if (stream.Length > ActionCodec.MostBytes)
            {
                throw new DamagedEntryException($"it has {stream.Length} bytes");
            }

            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return ActionCodec.Read(content);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Marks an entry as just used, because pruning removes the least recently used entries first.</summary>
    public void Touch(string key) => SetLastUse(EntryPath(key));

    /// <summary>Removes an entry and its damaged blobs.</summary>
    public void Drop(string key)
    {
        StoredAction? action = null;
        try
        {
            action = ReadEntry(EntryPath(key));
        }
        catch (DamagedEntryException)
        {
            // A damaged entry names no blobs.
        }

        File.Delete(EntryPath(key));
        foreach (var blob in action?.Files.Select(file => file.Digest).Where(blob => !Holds(blob)) ?? [])
        {
            File.Delete(BlobPath(blob.Hash));
        }
    }

    /// <summary>Whether a blob exists with the right content; reads all of it.</summary>
    internal bool Holds(BlobDigest blob)
        => new FileInfo(BlobPath(blob.Hash)) is { Exists: true } file && file.Length == blob.Size && ContentHash.OfFile(file.FullName).ToString() == blob.Hash;

    internal string EntryPath(string key) => PathOf("ac", key);

    internal string BlobPath(string hash) => PathOf("cas", hash);

    private string PathOf(string kind, string name)
        => ContentHash.IsText(name) ? Path.Combine(folder, kind, name[..2], name) : throw new ArgumentException($"'{name}' is not a key", nameof(name));

    Task<StoredAction?> IResultStore.FindAsync(string key, CancellationToken cancellation) => Task.FromResult(Find(key));

    Task IResultStore.CopyAsync(BlobDigest blob, Stream target, CancellationToken cancellation)
    {
        try
        {
            using var source = RegularFile.OpenRead(BlobPath(blob.Hash));
            BlobVerifier.Copy(source, target, blob);
            return Task.CompletedTask;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IncompleteEntryException(blob);
        }
    }

    /// <remarks>
    /// If there is already a complete entry, another build was faster, and its result is kept: then what others have restored in the
    /// meantime is the same as what is stored.
    /// </remarks>
    Task IResultStore.PutAsync(string key, StoredAction action, string from, CancellationToken cancellation)
    {
        if (IsWhole(key))
        {
            Touch(key);
            return Task.CompletedTask;
        }

        foreach (var file in action.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            Put(file.Digest, ProjectPath.Full(from, file.Name));
        }

        AtomicFile.Write(EntryPath(key), ActionCodec.Write(action));
        return Task.CompletedTask;
    }

    private bool IsWhole(string key)
    {
        try
        {
            return Find(key)?.Files.All(file => Holds(file.Digest)) == true;
        }
        catch (Exception exception) when (exception is DamagedEntryException or IncompleteEntryException)
        {
            return false;
        }
    }

    private void Put(BlobDigest blob, string from)
    {
        if (Holds(blob))
        {
            // With a new time stamp it is not pruned before the entry that needs it is written.
            SetLastUse(BlobPath(blob.Hash));
            return;
        }

        using var source = RegularFile.OpenRead(from);
        AtomicFile.Write(BlobPath(blob.Hash), target => BlobVerifier.Copy(source, target, blob));
    }

    private static void SetLastUse(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The file of another user on a share, or one that was just pruned: it counts as older than it is.
        }
    }
}
