namespace NanoDet.Data.Datasets;

/// <summary>The canonical order of objects in an image, so that their order in a label file does not matter.</summary>
public sealed class DatasetOrder : IComparer<DatasetObject>
{
    /// <summary>By label, left, top, right, bottom, flags and area.</summary>
    public static DatasetOrder OfObjects { get; } = new();

    /// <inheritdoc />
    public int Compare(DatasetObject x, DatasetObject y)
    {
        var order = x.Label.CompareTo(y.Label);
        order = order != 0 ? order : x.Box.Left.CompareTo(y.Box.Left);
        order = order != 0 ? order : x.Box.Top.CompareTo(y.Box.Top);
        order = order != 0 ? order : x.Box.Right.CompareTo(y.Box.Right);
        order = order != 0 ? order : x.Box.Bottom.CompareTo(y.Box.Bottom);
        order = order != 0 ? order : x.Ignored.CompareTo(y.Ignored);
        order = order != 0 ? order : x.Crowd.CompareTo(y.Crowd);
        order = order != 0 ? order : x.Difficult.CompareTo(y.Difficult);
        order = order != 0 ? order : x.Truncated.CompareTo(y.Truncated);
        return order != 0 ? order : Nullable.Compare(x.Area, y.Area);
    }
}
