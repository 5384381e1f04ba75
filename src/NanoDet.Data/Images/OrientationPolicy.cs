namespace NanoDet.Data.Images;

/// <summary>What the EXIF orientation of a JPEG means for the pixels that the labels are about.</summary>
public enum OrientationPolicy
{
    /// <summary>The picture is turned as it says, as every viewer, browser and <c>cv2.imread</c> show it.</summary>
    Apply,

    /// <summary>The pixels are taken as they are stored, as label tools without support for EXIF show them.</summary>
    Raw,
}
