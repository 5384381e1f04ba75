namespace NanoDet.Data.Labels;

/// <summary>A rectangle in JSON that is an object of four numbers: a point, a width and a height.</summary>
/// <param name="X">The horizontal coordinate of the point.</param>
/// <param name="Y">Its vertical coordinate.</param>
/// <param name="Width">The width.</param>
/// <param name="Height">The height.</param>
internal readonly record struct JsonRectangle(double X, double Y, double Width, double Height)
{
    /// <summary>Reads the value of the current member.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="x">What the file calls the horizontal coordinate.</param>
    /// <param name="y">What it calls the vertical one.</param>
    /// <returns>Null where it is no object, or lacks a number.</returns>
    /// <exception cref="Core.Diagnostics.NanoDetException">NDB1001, NDB1005.</exception>
    public static JsonRectangle? Read(ref JsonCursor cursor, string x, string y)
    {
        double? left = null, top = null, width = null, height = null;
        if (!cursor.TryEnterObject())
        {
            return null;
        }

        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case var name when name == x:
                    left = cursor.Number(x);
                    break;
                case var name when name == y:
                    top = cursor.Number(y);
                    break;
                case "width":
                    width = cursor.Number("width");
                    break;
                case "height":
                    height = cursor.Number("height");
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }

        return (left, top, width, height) is ({ } one, { } two, { } three, { } four) ? new(one, two, three, four) : null;
    }
}
