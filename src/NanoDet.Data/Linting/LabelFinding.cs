using NanoDet.Data.Datasets;

namespace NanoDet.Data.Linting;

/// <summary>A disagreement between a model and the labels of an image.</summary>
/// <param name="Kind">What may be wrong.</param>
/// <param name="Image">The index of the image.</param>
/// <param name="Object">The index of the object among those of the image; null for an object without a label.</param>
/// <param name="Subject">The object as it is labelled, or as it was found if it has no label. The box is in pixels of the image.</param>
/// <param name="Suggestion">
/// The object as the model sees it; of an object with two labels, the other label. Null where the model sees nothing.
/// </param>
/// <param name="Confidence">How likely the label is wrong, by what the model and the other labels say: 0 to 1.</param>
public sealed record LabelFinding(
    LabelFindingKind Kind, int Image, int? Object, DatasetObject Subject, DatasetObject? Suggestion, double Confidence);
