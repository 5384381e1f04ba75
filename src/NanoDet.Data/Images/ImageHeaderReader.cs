using MetadataExtractor;
using MetadataExtractor.Formats.Bmp;
using MetadataExtractor.Formats.Gif;
using MetadataExtractor.Formats.Png;
using MetadataExtractor.Formats.WebP;
using MetadataExtractor.IO;
using MetadataExtractor.Util;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Core.Images;
using Directory = MetadataExtractor.Directory;

namespace NanoDet.Data.Images;

/// <summary>
/// Reads the headers of images through MetadataExtractor, from the first 64 KiB of a file or, if a JPEG has more before
/// its frame, from its first 4 MiB. No pixel is decoded, and no length in a file makes us allocate more memory than was read.
/// </summary>
public static class ImageHeaderReader
{
    private const int Head = 64 << 10;
    private const int LongHead = 4 << 20;

    /// <summary>Reads a file's header.</summary>
    /// <exception cref="NanoDetException">NDB1200 to NDB1203.</exception>
    public static ImageHeader Read(string path)
    {
        try
        {
            using var file = RegularFile.OpenRead(path);
            var header = ReadHead(file, path);
            return header.Format == ImageFormat.Jpeg ? header with { EndsEarly = JpegEnd.IsMissing(file) } : header;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new NanoDetException(ImageDiagnostics.Unreadable(path, exception.Message), exception);
        }
    }

    /// <summary>Reads the header from the first bytes of a file.</summary>
    /// <param name="head">The first bytes, or all of them.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <exception cref="NanoDetException">NDB1200 to NDB1202.</exception>
    public static ImageHeader Read(byte[] head, string path) => Read(head, new MemoryStream(head), path);

    private static ImageHeader ReadHead(FileStream file, string path)
    {
        var head = Take(file, Head);
        try
        {
            return Read(head, file, path);
        }
        catch (NanoDetException) when (head.Length < file.Length)
        {
            return Read(Take(file, LongHead), file, path);
        }
    }

    private static ImageHeader Read(byte[] head, Stream file, string path)
    {
        var header = Parse(head, file, path);
        if (header.StoredWidth <= 0 || header.StoredHeight <= 0)
        {
            throw Corrupt(path, "its header gives a size of 0");
        }

        return (long)header.StoredWidth * header.StoredHeight <= ImageLimits.MaxPixels
            ? header with { Orientation = ExifOrientation.Read(file) }
            : throw new NanoDetException(ImageDiagnostics.TooLarge(
                path, header.StoredWidth, header.StoredHeight, ImageLimits.MaxPixels));
    }

    private static ImageHeader Parse(byte[] head, Stream file, string path)
    {
        try
        {
            return FileTypeDetector.DetectFileType(new MemoryStream(head)) switch
            {
                FileType.Jpeg => JpegHeader.Read(head) ?? throw Corrupt(path, "it ends before its size is given"),
                FileType.Png => ReadPng(head),
                FileType.Bmp => ReadSize(
                    ImageFormat.Bmp, new BmpReader().Extract(Sequential(head)), BmpHeaderDirectory.TagImageWidth, BmpHeaderDirectory.TagImageHeight),
                FileType.Gif => ReadSize(
                    ImageFormat.Gif, new GifReader().Extract(Sequential(head)), GifHeaderDirectory.TagImageWidth, GifHeaderDirectory.TagImageHeight),
                FileType.WebP => ReadWebP(head),
                // A TIFF whose directory comes first looks like Sony's raw format to the library.
                FileType.Tiff or FileType.Arw => ReadTiff(file, path),
                _ => throw new NanoDetException(LargeFilePointer.Is(head) ? ImageDiagnostics.Unreadable(path, LargeFilePointer.Told) : ImageDiagnostics.UnknownFormat(path)),
            };
        }
        catch (Exception exception) when (exception is ImageProcessingException or IOException or MetadataException or ArgumentException
            or IndexOutOfRangeException or OverflowException)
        {
            // The exceptions of the readers for files that are cut off or have wrong lengths.
            throw new NanoDetException(ImageDiagnostics.Corrupt(path, DiagnosticText.Shorten(exception.Message)), exception);
        }
    }

    // The directory of a TIFF may lie anywhere in the file.
    private static ImageHeader ReadTiff(Stream file, string path)
        => TiffDirectory.Read(file) is { } directory && directory[TiffDirectory.Width] is <= int.MaxValue and var width && directory[TiffDirectory.Height] is <= int.MaxValue and var height
            ? new(ImageFormat.Tiff, (int)width, (int)height, 1)
            : throw Corrupt(path, "it ends before its size is given");

    // The size of a PNG is in its first chunk; the library's reader of chunks would load the whole file.
    private static ImageHeader ReadPng(byte[] head)
    {
        const int Start = 16;
        if (head.Length < Start + 13 || !head.AsSpan(12, 4).SequenceEqual("IHDR"u8))
        {
            throw new PngProcessingException("its first chunk is not IHDR");
        }

        var header = new PngHeader(head[Start..(Start + 13)]);
        return new(ImageFormat.Png, header.ImageWidth, header.ImageHeight, 1);
    }

    // The size of a WebP is also in its first chunk, in its first bytes.
    private static ImageHeader ReadWebP(byte[] head)
    {
        const int Start = 20;
        if (head.Length < Start + 10)
        {
            throw new ImageProcessingException("it ends before its size is given");
        }

        var directories = new List<Directory>();
        new WebPRiffHandler(directories).ProcessChunk(
            System.Text.Encoding.ASCII.GetString(head, 12, 4), head[Start..Math.Min(head.Length, Start + 10)]);
        return ReadSize(ImageFormat.WebP, directories, WebPDirectory.TagImageWidth, WebPDirectory.TagImageHeight);
    }

    private static ImageHeader ReadSize(ImageFormat format, IEnumerable<Directory> directories, int width, int height)
    {
        var directory = directories.FirstOrDefault(candidate => candidate.ContainsTag(width))
            ?? throw new ImageProcessingException("it ends before its size is given");

        // A bitmap that is stored from top to bottom has a negative height.
        return new(format, directory.GetInt32(width), Math.Abs(directory.GetInt32(height)), 1);
    }

    // The headers of these formats are short; their readers would read all bytes that they get.
    private static SequentialStreamReader Sequential(byte[] head)
        => new(new MemoryStream(head, 0, Math.Min(head.Length, 1024)));

    private static byte[] Take(FileStream file, int length)
    {
        var head = new byte[Math.Min(length, file.Length)];
        file.Position = 0;
        var filled = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return filled == head.Length ? head : head[..filled];
    }

    private static NanoDetException Corrupt(string path, string reason) => new(ImageDiagnostics.Corrupt(path, reason));
}
