namespace NanoDet.Data.Labels.Datumaro;

/// <summary>What the attributes of an annotation say beside its box; others are the user's own.</summary>
/// <param name="Rotation">By how many degrees CVAT's box is turned around its centre.</param>
/// <param name="Difficult">VOC's <c>difficult</c>.</param>
/// <param name="Truncated">VOC's <c>truncated</c>.</param>
/// <param name="Crowd">COCO's <c>iscrowd</c>.</param>
internal readonly record struct DatumaroAttributes(double Rotation, bool Difficult, bool Truncated, bool Crowd)
{
    /// <summary>Reads the member <c>attributes</c>.</summary>
    public static DatumaroAttributes Read(ref JsonCursor cursor)
    {
        DatumaroAttributes attributes = default;
        if (cursor.TryEnterObject())
        {
            while (cursor.NextProperty())
            {
                if (cursor.NameIs("rotation"u8))
                {
                    attributes = attributes with { Rotation = cursor.NumberIfAny() ?? 0 };
                }
                else if (cursor.NameIs("difficult"u8))
                {
                    attributes = attributes with { Difficult = cursor.Flag() };
                }
                else if (cursor.NameIs("truncated"u8))
                {
                    attributes = attributes with { Truncated = cursor.Flag() };
                }
                else if (cursor.NameIs("is_crowd"u8))
                {
                    attributes = attributes with { Crowd = cursor.Flag() };
                }
                else
                {
                    cursor.Skip();
                }
            }
        }

        return attributes;
    }
}
