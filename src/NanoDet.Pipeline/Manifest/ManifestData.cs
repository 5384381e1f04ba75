namespace NanoDet.Pipeline.Manifest;

/// <summary>The data that a model was made from.</summary>
/// <param name="Fingerprint">Hash of the data as training sees it: the content of images and the meaning of their labels, but no names.</param>
/// <param name="TrainingImages">The number of training images.</param>
/// <param name="ValidationImages">The number of validation images.</param>
/// <param name="TestImages">The number of test images.</param>
/// <param name="Objects">Labelled objects in all parts.</param>
public sealed record ManifestData(string Fingerprint, int TrainingImages, int ValidationImages, int TestImages, int Objects);
