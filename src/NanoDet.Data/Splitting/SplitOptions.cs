namespace NanoDet.Data.Splitting;

/// <summary>How the images that nobody assigned are divided.</summary>
/// <param name="Validation">Share of the images for validation, 0 to 1.</param>
/// <param name="Test">Share of the images for the test part, 0 to 1; together with the other below 1.</param>
/// <param name="Seed">Another seed gives another division.</param>
public sealed record SplitOptions(double Validation = 0.2, double Test = 0, long Seed = 0);
