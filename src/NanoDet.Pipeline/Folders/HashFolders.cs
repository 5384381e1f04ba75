using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Folders;

/// <summary>Folders that builds make side by side and name by a hash; those that were used last are kept.</summary>
/// <param name="parent">Full path of the folder that they are in; it need not be there.</param>
/// <param name="digits">The length of their names, in hexadecimal digits.</param>
/// <param name="kept">How many are kept.</param>
internal sealed class HashFolders(string parent, int digits, int kept)
{
    /// <summary>Full paths of those that are there. A link, or a folder of another name, is not a build's.</summary>
    public IEnumerable<string> All()
    {
        var all = new DirectoryInfo(parent);
        return !all.Exists || all.LinkTarget is not null ? []
            : all.EnumerateDirectories().Where(folder => folder.LinkTarget is null && ContentHash.IsText(folder.Name, digits)).Select(folder => folder.FullName);
    }

    /// <summary>Marks one as the last that was used.</summary>
    /// <param name="folder">Its full path.</param>
    /// <returns>Those that are not kept any more.</returns>
    public IReadOnlyList<string> Use(string folder)
    {
        Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow);
        return [.. All().OrderByDescending(Directory.GetLastWriteTimeUtc).Skip(kept)];
    }
}
