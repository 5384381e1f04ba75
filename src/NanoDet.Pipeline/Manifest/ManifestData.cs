namespace NanoDet.Pipeline.Manifest;

/// <summary>The data that a model was made from.</summary>
/// <param name="Fingerprint">Hash of the data as training sees it: pictures and the meaning of their labels, no names.</param>
/// <param name="TrainingImages">Images learnt from.</param>
/// <param name="ValidationImages">Images that judged while it was trained.</param>
/// <param name="TestImages">Images kept for a last test.</param>
/// <param name="Objects">Labelled objects in all parts.</param>
public sealed record ManifestData(string Fingerprint, int TrainingImages, int ValidationImages, int TestImages, int Objects);
