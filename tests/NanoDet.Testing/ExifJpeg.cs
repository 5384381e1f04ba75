namespace NanoDet.Testing;

/// <summary>JPEG files that say how they are to be turned.</summary>
public static class ExifJpeg
{
    /// <summary>Puts an EXIF block with nothing but an orientation into a JPEG file.</summary>
    /// <param name="jpeg">The file.</param>
    /// <param name="orientation">1 to 8.</param>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg.AsSpan(0, 2), .. exif, .. jpeg.AsSpan(2)];
    }
}
