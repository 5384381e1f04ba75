namespace NanoDet.Data.Configuration;

/// <summary>How many pictures one run of an exported network takes.</summary>
public enum ExportBatch
{
    /// <summary>One.</summary>
    One,

    /// <summary>Any number; each run says how many.</summary>
    Open,
}
