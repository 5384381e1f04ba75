using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Images;
using NanoDet.Pipeline.Caching;

namespace NanoDet.Pipeline.Planning;

/// <summary>Reads the headers of images, and remembers them by content.</summary>
internal sealed class HeaderSource
{
    private readonly ContentCache<ImageHeader> _cache;

    public HeaderSource(string projectFolder, string cacheFile) => _cache = new(
        cacheFile,
        path => ImageHeaderReader.Read(ProjectPath.Full(projectFolder, path)),
        (ref RecordReader reader, string _) => new ImageHeader((ImageFormat)reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32()) { EndsEarly = reader.Boolean() },
        (writer, header) =>
        {
            writer.Write((int)header.Format);
            writer.Write(header.StoredWidth);
            writer.Write(header.StoredHeight);
            writer.Write(header.Orientation);
            writer.Write(header.EndsEarly);
        });

    /// <summary>Headers that had to be read.</summary>
    public int Opened => _cache.Misses;

    /// <summary>The header of an image.</summary>
    /// <exception cref="NanoDetException">NDB10xx: what is wrong with the file.</exception>
    public ImageHeader Read(string path, ContentHash content) => _cache.Get(content, path);

    /// <summary>Keeps what was read for the next time.</summary>
    public void Save() => _cache.Save();
}
