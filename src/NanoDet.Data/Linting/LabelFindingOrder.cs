using NanoDet.Data.Datasets;

namespace NanoDet.Data.Linting;

/// <summary>The order of findings.</summary>
public sealed class LabelFindingOrder : IComparer<LabelFinding>
{
    /// <summary>By confidence, the most certain first; then by image, kind and object, so that the same findings are always in the same order.</summary>
    public static LabelFindingOrder MostCertainFirst { get; } = new();

    /// <inheritdoc />
    public int Compare(LabelFinding? x, LabelFinding? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var order = y.Confidence.CompareTo(x.Confidence);
        order = order != 0 ? order : x.Image.CompareTo(y.Image);
        order = order != 0 ? order : x.Kind.CompareTo(y.Kind);
        order = order != 0 ? order : Nullable.Compare(x.Object, y.Object);
        return order != 0 ? order : DatasetOrder.OfObjects.Compare(x.Subject, y.Subject);
    }
}
