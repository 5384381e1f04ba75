using MetadataExtractor.Formats.Jpeg;
using MetadataExtractor.IO;

namespace NanoDet.Data.Images;

/// <summary>Reads the frame of a JPEG, and nothing after it.</summary>
internal static class JpegHeader
{
    private static readonly HashSet<JpegSegmentType> Wanted =
    [
        JpegSegmentType.Sof0, JpegSegmentType.Sof1, JpegSegmentType.Sof2, JpegSegmentType.Sof3,
        JpegSegmentType.Sof5, JpegSegmentType.Sof6, JpegSegmentType.Sof7, JpegSegmentType.Sof9,
        JpegSegmentType.Sof10, JpegSegmentType.Sof11, JpegSegmentType.Sof13, JpegSegmentType.Sof14, JpegSegmentType.Sof15,
    ];

    /// <summary>Reads up to the frame.</summary>
    /// <param name="head">The first bytes of the file.</param>
    /// <returns>Null if the bytes end before the frame.</returns>
    public static ImageHeader? Read(byte[] head)
    {
        foreach (var segment in JpegSegmentReader.ReadSegments(new SequentialStreamReader(new MemoryStream(head)), Wanted))
        {
            var frame = new JpegReader().Extract(segment);
            return new(ImageFormat.Jpeg, frame.GetImageWidth(), frame.GetImageHeight(), 1);
        }

        return null;
    }
}
