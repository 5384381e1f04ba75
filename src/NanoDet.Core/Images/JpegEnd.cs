namespace NanoDet.Core.Images;

/// <summary>Whether a JPEG is complete.</summary>
internal static class JpegEnd
{
    private const int Block = 1 << 16;

    /// <summary>Whether the mark that ends a JPEG is missing, so that a part of the picture may be too.</summary>
    /// <param name="file">The file, a JPEG.</param>
    public static bool IsMissing(Stream file)
    {
        Span<byte> end = stackalloc byte[2];
        if (file.Length < end.Length)
        {
            return true;
        }

        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        return end is not [0xFF, JpegSegments.End] && !HasEnd(file);
    }

    // What follows the mark is not the picture's: cameras and message services add data of their own. Behind the first scan, an FF in the
    // picture is followed by 00, so the mark cannot be part of it.
    private static bool HasEnd(Stream file)
    {
        var segments = new JpegSegments(file);
        while (segments.Next() && segments.Marker != JpegSegments.Scan)
        {
            // The scan is looked for.
        }

        if (segments.Marker != JpegSegments.Scan)
        {
            return false;
        }

        var buffer = new byte[Block];
        var last = (byte)0;
        file.Position = segments.Content;
        while (file.Read(buffer) is > 0 and var read)
        {
            foreach (var value in buffer.AsSpan(0, read))
            {
                if (last == 0xFF && value == JpegSegments.End)
                {
                    return true;
                }

                last = value;
            }
        }

        return false;
    }
}
