using System.IO.Enumeration;
using System.Runtime.InteropServices;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Folders;

/// <summary>
/// The names of the files in a folder and below it, as one hash: it shows that a file was removed, added or renamed, but it reads
/// no file, so it takes only a moment for 100,000 files.
/// </summary>
public static class FolderListing
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

    /// <summary>Returns the hash, which does not depend on the order of the file system; null if the folder does not exist.</summary>
    /// <param name="folder">The folder.</param>
    public static ContentHash? Of(string folder)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(root))
        {
            return null;
        }

        var files = new FileSystemEnumerable<ContentHash>(root, Hash, Everything) { ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory };
        Span<byte> sum = stackalloc byte[ContentHash.Length];
        Span<byte> digest = stackalloc byte[ContentHash.Length];
        foreach (var file in files)
        {
            file.CopyTo(digest);
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] ^= digest[i];
            }
        }

        return new ContentHash(sum);

        ContentHash Hash(ref FileSystemEntry entry) => ContentHash.Of(MemoryMarshal.AsBytes(entry.ToFullPath().AsSpan(root.Length)));
    }
}
