using System.Collections.Concurrent;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Imaging;

namespace NanoDet.Vision.Images;

/// <summary>
/// A cache of decoded images in memory, up to a size. Training visits every image once per epoch in random order, and
/// removing the oldest image would often remove it just before it is needed again, so cached images stay in the cache and
/// the others are decoded every time. Many threads can use it at the same time. Images keep their size: a training samples its
/// input from the picture itself, at a scale that is drawn anew each time, so a smaller copy would give another model.
/// </summary>
/// <param name="maxBytes">The largest size in bytes of pixels; 0 for no cache.</param>
public sealed class DecodedImageCache(long maxBytes)
{
    private readonly ConcurrentDictionary<(string Hash, int Orientation), PixelImage> _images = new();
    private long _bytes;

    /// <summary>The current size in bytes of pixels.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The current number of images.</summary>
    public int Count => _images.Count;

    /// <summary>Returns an image, from memory or from its file.</summary>
    /// <param name="image">The image; its hash and orientation are the key.</param>
    /// <param name="path">Its file.</param>
    /// <exception cref="NanoDetException">NDB1200 to NDB1204, NDB1206.</exception>
    public PixelImage Load(DatasetImage image, string path)
    {
        var key = (image.ContentHash, image.Orientation);
        if (_images.TryGetValue(key, out var kept))
        {
            return kept;
        }

        var decoded = DatasetPicture.Load(path, image.ContentHash, image.Orientation, new(image.Width, image.Height));
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
