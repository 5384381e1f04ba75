namespace NanoDet.Data.Images;

/// <summary>Whether the labels are for the image with or without its EXIF orientation.</summary>
public enum OrientationPolicy
{
    /// <summary>The orientation is applied, as in image viewers, browsers and <c>cv2.imread</c>.</summary>
    Apply,

    /// <summary>The pixels are used as they are stored, as in label tools without support for EXIF.</summary>
    Raw,
}
