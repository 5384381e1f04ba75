namespace NanoDet.Training.Weights.Pickles;

/// <summary>A pickle asks for more than tensors.</summary>
/// <param name="what">What it asks for, as the end of a sentence.</param>
internal sealed class ForbiddenPickleException(string what) : Exception(what);
