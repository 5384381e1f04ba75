using System.Collections.Concurrent;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Imaging;

namespace NanoDet.Vision.Images;

/// <summary>
/// Decoded pictures in memory, up to a number of bytes. Training visits every picture once an epoch in an order of chance;
/// under that, throwing the oldest out would throw each out just before it is needed again, so what is in stays in and
/// the rest is decoded every time. Safe to use from many threads at once.
/// </summary>
/// <param name="maxBytes">Most bytes of pixels that are kept; 0 keeps none.</param>
public sealed class DecodedImageCache(long maxBytes)
{
    private readonly ConcurrentDictionary<(string Hash, int Orientation), PixelImage> _images = new();
    private long _bytes;

    /// <summary>Bytes of pixels that are kept now.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Pictures that are kept now.</summary>
    public int Count => _images.Count;

    /// <summary>A picture, from memory or from its file.</summary>
    /// <param name="image">The image; its hash and orientation are the key.</param>
    /// <param name="path">Its file.</param>
    /// <exception cref="DiagnosticException">NDB1200 to NDB1204.</exception>
    public PixelImage Load(DatasetImage image, string path)
    {
        var key = (image.ContentHash, image.Orientation);
        if (_images.TryGetValue(key, out var kept))
        {
            return kept;
        }

        var decoded = DatasetPicture.Load(path, image.Orientation, new(image.Width, image.Height));
        Keep(key, decoded);
        return decoded;
    }

    private void Keep((string Hash, int Orientation) key, PixelImage image)
    {
        var size = image.Bytes.Length;
        if (Interlocked.Add(ref _bytes, size) > maxBytes || !_images.TryAdd(key, image))
        {
            Interlocked.Add(ref _bytes, -size);
        }
    }
}
