using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Jpeg;
using MetadataExtractor.Formats.Tiff;
using MetadataExtractor.IO;
using Directory = MetadataExtractor.Directory;

namespace NanoDet.Data.Images;

/// <summary>Reads the frame and the EXIF orientation of a JPEG, and nothing after them.</summary>
internal static class JpegHeader
{
    private static readonly HashSet<JpegSegmentType> Wanted =
    [
        JpegSegmentType.App1,
        JpegSegmentType.Sof0, JpegSegmentType.Sof1, JpegSegmentType.Sof2, JpegSegmentType.Sof3,
        JpegSegmentType.Sof5, JpegSegmentType.Sof6, JpegSegmentType.Sof7, JpegSegmentType.Sof9,
        JpegSegmentType.Sof10, JpegSegmentType.Sof11, JpegSegmentType.Sof13, JpegSegmentType.Sof14, JpegSegmentType.Sof15,
    ];

    /// <summary>Reads up to the frame.</summary>
    /// <param name="head">The first bytes of the file.</param>
    /// <returns>Null if the bytes end before the frame.</returns>
    public static ImageHeader? Read(byte[] head)
    {
        var orientation = 1;
        foreach (var segment in JpegSegmentReader.ReadSegments(new SequentialStreamReader(new MemoryStream(head)), Wanted))
        {
            if (segment.Type != JpegSegmentType.App1)
            {
                var frame = new JpegReader().Extract(segment);
                return new(ImageFormat.Jpeg, frame.GetImageWidth(), frame.GetImageHeight(), orientation);
            }

            if (ExifReader.StartsWithJpegExifPreamble(segment.Bytes))
            {
                orientation = ReadOrientation(segment.Bytes);
            }
        }

        return null;
    }

    // Invalid EXIF data only loses the orientation, not the image.
    private static int ReadOrientation(byte[] exif)
    {
        var directories = new List<Directory>();
        try
        {
            TiffReader.ProcessTiff(new ByteArrayReader(exif, ExifReader.JpegSegmentPreamble.Length), new FirstDirectoryHandler(directories));
        }
        catch (Exception exception) when (exception is TiffProcessingException or IOException or ArgumentException)
        {
            return 1;
        }

        var directory = directories.FirstOrDefault(candidate => candidate.ContainsTag(ExifDirectoryBase.TagOrientation));
        return directory is not null && directory.TryGetInt32(ExifDirectoryBase.TagOrientation, out var value) && value is >= 1 and <= 8 ? value : 1;
    }

    // The orientation is in the first directory; maker notes and thumbnails are not read.
    private sealed class FirstDirectoryHandler(List<Directory> directories) : ExifTiffHandler(directories)
    {
        public override bool TryEnterSubIfd(int tagType) => false;

        public override bool HasFollowerIfd() => false;
    }
}
