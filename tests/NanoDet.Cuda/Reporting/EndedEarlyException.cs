namespace NanoDet.Cuda.Reporting;

/// <summary>A process of a part did not do what it was started for.</summary>
/// <param name="message">What happened, with the last that it said.</param>
internal sealed class EndedEarlyException(string message) : Exception(message);
