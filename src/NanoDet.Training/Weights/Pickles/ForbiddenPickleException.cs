namespace NanoDet.Training.Weights.Pickles;

/// <summary>A pickle wants more than tensors.</summary>
/// <param name="what">What it wants, as the end of a sentence.</param>
internal sealed class ForbiddenPickleException(string what) : Exception(what);
