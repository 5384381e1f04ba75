namespace NanoDet.Pipeline.Manifest;

/// <summary>How a model was trained.</summary>
/// <param name="Key">Hash over everything that the training depended on.</param>
/// <param name="Threads">The number of threads.</param>
/// <param name="Device">The device.</param>
public sealed record ManifestTraining(string Key, int Threads, string Device);
