namespace NanoDet.Data.Labels.Coco;

/// <summary>What CVAT writes about an annotation beside COCO's own members.</summary>
/// <param name="Rotation">By how many degrees its box is turned around its centre.</param>
/// <param name="Difficult">VOC's <c>difficult</c>.</param>
internal readonly record struct CocoAttributes(double Rotation, bool Difficult)
{
    /// <summary>Reads the member <c>attributes</c>.</summary>
    public static CocoAttributes Read(ref JsonCursor cursor)
    {
        var (rotation, difficult) = (0.0, false);
        if (cursor.TryEnterObject())
        {
            while (cursor.NextProperty())
            {
                if (cursor.NameIs("rotation"u8))
                {
                    rotation = cursor.NumberIfAny() ?? 0;
                }
                else if (cursor.NameIs("difficult"u8))
                {
                    difficult = cursor.Flag();
                }
                else
                {
                    cursor.Skip();
                }
            }
        }

        return new(rotation, difficult);
    }
}
