using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels.Coco;

/// <summary>The member <c>bbox</c>: x, y, width, height.</summary>
internal static class CocoBox
{
    /// <summary>Reads its numbers.</summary>
    /// <param name="cursor">The document, at the member.</param>
    /// <param name="box">Takes four numbers.</param>
    /// <returns>Whether there are exactly four.</returns>
    /// <exception cref="NanoDetException">NDB1001 or NDB1005: it is something else than a list of numbers.</exception>
    public static bool Read(ref JsonCursor cursor, scoped Span<double> box)
    {
        if (!cursor.TryEnterArray("'bbox'"))
        {
            return false;
        }

        var count = 0;
        var isComplete = true;
        while (cursor.NextElement())
        {
            var value = cursor.Number("bbox");
            if (count < box.Length)
            {
                box[count] = value ?? 0;
            }

            isComplete &= value is not null;
            count++;
        }

        return isComplete && count == box.Length;
    }
}
