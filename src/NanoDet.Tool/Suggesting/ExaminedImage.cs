namespace NanoDet.Tool.Suggesting;

/// <summary>An image without labels, as a model sees it.</summary>
/// <param name="Path">The image.</param>
/// <param name="Uncertainty">The sum of the entropies of its detections, in bits: a detection whose score is the threshold has 1.</param>
/// <param name="Objects">The number of objects that the model finds.</param>
/// <param name="Features">What the image is like, as numbers of which images that are alike have similar ones.</param>
internal sealed record ExaminedImage(string Path, double Uncertainty, int Objects, float[] Features);
