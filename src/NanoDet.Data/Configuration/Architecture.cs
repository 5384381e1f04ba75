namespace NanoDet.Data.Configuration;

/// <summary>How backbone, neck and head are combined.</summary>
public enum Architecture
{
    /// <summary>NanoDet-Plus: with an assign guidance module during training.</summary>
    NanoDetPlus,

    /// <summary>NanoDet of 2020 and 2021: backbone, neck and head in a row (also named <c>GFL</c> in old files).</summary>
    OneStageDetector,
}
