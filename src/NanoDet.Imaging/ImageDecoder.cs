using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Core.Images;
using SkiaSharp;

namespace NanoDet.Imaging;

/// <summary>
/// Decodes JPEG (also progressive and CMYK), PNG (also palette, 16-bit and RGBA), BMP, WebP, GIF and TIFF like OpenCV's
/// <c>imread</c>, which the original uses: embedded colour profiles are not applied, alpha is dropped
/// (the stored colour is kept), 16 bits are reduced to the upper 8, only the first frame of an animation is used, and what is missing of
/// a JPEG that ends too early is grey.
/// </summary>
public static class ImageDecoder
{
    /// <summary>The most bytes that are read from a stream: more than the largest image needs in any of these formats.</summary>
    private const long LargestStream = 1L << 30;

    private static ReadOnlySpan<byte> EndOfJpeg => [0xFF, 0xD9];

    /// <summary>Reads and decodes an image file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="orientation">EXIF orientation to apply, 1 to 8; null for that of the file; 1 does not change the pixels.</param>
    /// <param name="maxPixels">An image with more pixels is rejected before anything is allocated.</param>
    /// <param name="reuse">An image that is not needed any more; its memory is reused if it has the stored size.</param>
    /// <exception cref="NanoDetException">NDB1200 to NDB1203.</exception>
    public static PixelImage Load(string path, int? orientation = null, long maxPixels = ImageLimits.MaxPixels, PixelImage? reuse = null)
        => Decode(ReadFile(path), path, orientation, maxPixels, reuse);

    /// <summary>Reads and decodes an image from a stream.</summary>
    /// <param name="stream">The content of a file, from the position to the end; not disposed of. What it throws is passed on.</param>
    /// <param name="path">The name that diagnostics carry.</param>
    /// <param name="maxPixels">An image with more pixels is rejected before anything is allocated.</param>
    /// <exception cref="NanoDetException">NDB1200 to NDB1203.</exception>
    public static PixelImage Load(Stream stream, string path, long maxPixels = ImageLimits.MaxPixels)
        => Decode(Read(stream, path).Span, path, maxPixels: maxPixels);

    /// <summary>Reads an encoded image from a stream.</summary>
    /// <param name="stream">The content of a file, from the position to the end; not disposed of. What it throws is passed on.</param>
    /// <param name="path">The name that diagnostics carry.</param>
    /// <exception cref="NanoDetException">NDB1203: it has more than 1 GB.</exception>
    internal static ReadOnlyMemory<byte> Read(Stream stream, string path)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return NotTooMuch(BoundedStream.ReadToEnd(stream, LargestStream), path);
    }

    /// <summary>Reads an encoded image from a stream without blocking.</summary>
    /// <param name="stream">The content of a file, from the position to the end; not disposed of. What it throws is passed on.</param>
    /// <param name="path">The name that diagnostics carry.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="NanoDetException">NDB1203: it has more than 1 GB.</exception>
    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, string path, CancellationToken cancellationToken)
        => NotTooMuch(await BoundedStream.ReadToEndAsync(stream, LargestStream, cancellationToken).ConfigureAwait(false), path);

    /// <summary>Decodes an image in memory.</summary>
    /// <param name="encoded">The file's content.</param>
    /// <param name="path">The name that diagnostics carry.</param>
    /// <param name="orientation">EXIF orientation to apply, 1 to 8; null for that of the file; 1 does not change the pixels.</param>
    /// <param name="maxPixels">An image with more pixels is rejected before anything is allocated.</param>
    /// <param name="reuse">An image that is not needed any more; its memory is reused if it has the stored size.</param>
    /// <exception cref="NanoDetException">NDB1200 to NDB1202.</exception>
    public static unsafe PixelImage Decode(
        ReadOnlySpan<byte> encoded, string path, int? orientation = null, long maxPixels = ImageLimits.MaxPixels, PixelImage? reuse = null)
    {
        fixed (byte* content = encoded)
        {
            var turn = orientation ?? OrientationOf(content, encoded.Length);
            if (TiffDirectory.IsTiff(encoded))
            {
                return ImageOrientation.Apply(TiffDecoder.Decode(encoded, path, maxPixels), turn);
            }

            using var data = SKData.Create((nint)content, encoded.Length);
            using var codec = Open(data, path, maxPixels);
            var size = new PixelSize(codec.Info.Width, codec.Info.Height);
            var image = reuse?.Size == size ? reuse : new PixelImage(size.Width, size.Height);
            if (codec.EncodedFormat != SKEncodedImageFormat.Jpeg || !JpegDecoder.TryDecode(encoded, image, path))
            {
                ReadPixels(codec, encoded, codec.Info.Size, image, path);
            }

            return ImageOrientation.Apply(image, turn);
        }
    }

    /// <summary>
    /// Reads an image at a reduced size. JPEG is decoded at an eighth, a quarter or half of its size if that is enough, which saves
    /// most of the time.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="maxSide">The longest side of the result in pixels; smaller images are not changed.</param>
    /// <param name="orientation">EXIF orientation to apply, 1 to 8; null for that of the file.</param>
    /// <exception cref="NanoDetException">NDB1200 to NDB1203.</exception>
    public static PixelImage LoadSmall(string path, int maxSide, int? orientation = null) => DecodeSmall(ReadFile(path), path, maxSide, orientation);

    /// <summary>Decodes an image in memory at a reduced size, as <see cref="LoadSmall"/> does.</summary>
    /// <param name="encoded">The file's content.</param>
    /// <param name="path">The name that diagnostics carry.</param>
    /// <param name="maxSide">The longest side of the result in pixels; smaller images are not changed.</param>
    /// <param name="orientation">EXIF orientation to apply, 1 to 8; null for that of the file.</param>
    /// <exception cref="NanoDetException">NDB1200 to NDB1202.</exception>
    public static unsafe PixelImage DecodeSmall(ReadOnlySpan<byte> encoded, string path, int maxSide, int? orientation = null)
    {
        fixed (byte* content = encoded)
        {
            var turn = orientation ?? OrientationOf(content, encoded.Length);
            if (TiffDirectory.IsTiff(encoded))
            {
                return ImageOrientation.Apply(Shrink(TiffDecoder.Decode(encoded, path, ImageLimits.MaxPixels), maxSide), turn);
            }

            using var data = SKData.Create((nint)content, encoded.Length);
            using var codec = Open(data, path, ImageLimits.MaxPixels);
            var shrink = Math.Min(1f, (float)maxSide / Math.Max(codec.Info.Width, codec.Info.Height));
            var size = codec.GetScaledDimensions(shrink);
            size = Math.Max(size.Width, size.Height) < maxSide ? codec.Info.Size : size;
            var image = new PixelImage(size.Width, size.Height);
            ReadPixels(codec, encoded, size, image, path);
            return ImageOrientation.Apply(Shrink(image, maxSide), turn);
        }
    }

    /// <summary>Reads an image file completely.</summary>
    /// <exception cref="NanoDetException">NDB1203.</exception>
    public static byte[] ReadFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return RegularFile.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(ImageDiagnostics.Unreadable(path, exception.Message), exception);
        }
    }

    private static ReadOnlyMemory<byte> NotTooMuch(ReadOnlyMemory<byte>? content, string path)
        => content ?? throw new NanoDetException(ImageDiagnostics.Unreadable(path, $"it has more than {LargestStream >> 20} MB"));

    private static unsafe int OrientationOf(byte* content, int length)
    {
        using Stream file = length > 0 ? new UnmanagedMemoryStream(content, length) : new MemoryStream();
        return ExifOrientation.Read(file);
    }

    private static SKCodec Open(SKData data, string path, long maxPixels)
    {
        var codec = SKCodec.Create(new SKMemoryStream(data), out var result);
        if (codec is null)
        {
            throw new NanoDetException(result is SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput
                ? ImageDiagnostics.Corrupt(path, Describe(result))
                : ImageDiagnostics.UnknownFormat(path));
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > maxPixels)
        {
            codec.Dispose();
            throw new NanoDetException(ImageDiagnostics.TooLarge(path, width, height, maxPixels));
        }

        return codec;
    }

    private static void ReadPixels(SKCodec codec, ReadOnlySpan<byte> encoded, SKSizeI size, PixelImage image, string path)
    {
        var result = ReadPixels(codec, size, image);
        if (result != SKCodecResult.Success && codec.EncodedFormat == SKEncodedImageFormat.Jpeg)
        {
            // With the mark of the end, libjpeg makes what is missing grey, as libvips and OpenCV do.
            using var ended = SKData.CreateCopy([.. encoded, .. EndOfJpeg]);
            using var again = SKCodec.Create(new SKMemoryStream(ended));
            result = again is null ? result : ReadPixels(again, size, image);
        }

        if (result != SKCodecResult.Success)
        {
            throw new NanoDetException(ImageDiagnostics.Corrupt(path, Describe(result)));
        }

        if (codec.Info.AlphaType != SKAlphaType.Opaque)
        {
            MakeOpaque(image);
        }
    }

    private static unsafe SKCodecResult ReadPixels(SKCodec codec, SKSizeI size, PixelImage image)
    {
        // The target has no colour space, so the stored values are not changed.
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
        fixed (byte* pixels = image.Bytes)
        {
            return codec.GetPixels(info, (nint)pixels);
        }
    }

    private static unsafe PixelImage Shrink(PixelImage image, int maxSide)
    {
        var longest = Math.Max(image.Width, image.Height);
        if (longest <= maxSide)
        {
            return image;
        }

        var target = new PixelImage(Math.Max(1, image.Width * maxSide / longest), Math.Max(1, image.Height * maxSide / longest));
        fixed (byte* from = image.Bytes, to = target.Bytes)
        {
            using var source = new SKPixmap(Info(image), (nint)from, image.Stride);
            using var result = new SKPixmap(Info(target), (nint)to, target.Stride);
            source.ScalePixels(result, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        return target;

        static SKImageInfo Info(PixelImage picture) => new(picture.Width, picture.Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
    }

    private static void MakeOpaque(PixelImage image)
    {
        for (var y = 0; y < image.Height; y++)
        {
            foreach (ref var pixel in image.Row(y))
            {
                pixel |= 0xFF000000;
            }
        }
    }

    private static string Describe(SKCodecResult result) => result switch
    {
        SKCodecResult.IncompleteInput => "it ends too early",
        SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput => "its data is damaged",
        _ => $"the decoder reports {result}",
    };
}
