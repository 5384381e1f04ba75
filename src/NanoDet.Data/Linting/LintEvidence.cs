namespace NanoDet.Data.Linting;

/// <summary>What a model must tell for its detections to be compared with labels.</summary>
public static class LintEvidence
{
    /// <summary>The least score of a detection that counts: a low one too, because how little a model believes in a label is evidence.</summary>
    public const double ScoreThreshold = 0.05;

    /// <summary>The largest number of detections in one image, over all classes: a place may have several classes.</summary>
    public const int MaxDetections = 300;
}
