namespace NanoDet.Data.Splitting;

/// <summary>How images without an assigned part are split.</summary>
/// <param name="Validation">Share of the images for validation, 0 to 1.</param>
/// <param name="Test">Share of the images for the test part, 0 to 1; the sum of both must be below 1.</param>
/// <param name="Seed">Another seed gives another split.</param>
public sealed record SplitOptions(double Validation = 0.2, double Test = 0, long Seed = 0);
