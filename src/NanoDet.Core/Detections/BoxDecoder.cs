using System.Collections.Immutable;
using System.Numerics;
using NanoDet.Core.Geometry;

namespace NanoDet.Core.Detections;

/// <summary>
/// Turns the network's output into scored boxes, as <c>get_bboxes</c> of the original's heads does. The output has one
/// row for every place of every level, stride by stride and row by row: first the score of each class (sigmoid applied),
/// then for left, top, right and bottom the <c>RegMax + 1</c> logits of a distribution over the distance in strides.
/// </summary>
/// <param name="Strides">Pixels of the input from one place to the next, for each level.</param>
/// <param name="RegMax">Largest distance that the output can express, in strides.</param>
/// <param name="NumClasses">Classes.</param>
/// <param name="CentredPriors">Whether places are at the middle of their cell (legacy heads) or at its corner (NanoDet-Plus).</param>
public sealed record BoxDecoder(ImmutableArray<int> Strides, int RegMax, int NumClasses, bool CentredPriors)
{
    /// <summary>Where in its cell a place is, in strides from the corner.</summary>
    /// <param name="centred">Whether it is in the middle.</param>
    public static float PriorOffset(bool centred) => centred ? 0.5f : 0f;

    /// <summary>Numbers in one row of the output.</summary>
    public int Columns => NumClasses + (4 * (RegMax + 1));

    /// <summary>Rows of the output for an input of the given size in pixels.</summary>
    public int Rows(int width, int height)
    {
        var rows = 0;
        foreach (var stride in Strides)
        {
            rows += CeilingDivide(width, stride) * CeilingDivide(height, stride);
        }

        return rows;
    }

    /// <summary>Returns every class of every place whose score is above the threshold; one place may give several classes.</summary>
    /// <param name="output">The output for one image, [<see cref="Rows"/>, <see cref="Columns"/>].</param>
    /// <param name="width">Width of the input, in pixels.</param>
    /// <param name="height">Height of the input, in pixels.</param>
    /// <param name="scoreThreshold">Scores at or below it are left out.</param>
    /// <returns>Boxes in pixels of the input, cut at its edges, in the order of the rows.</returns>
    /// <exception cref="ArgumentException">The size of the output does not fit the input.</exception>
    public List<DetectedObject> Decode(ReadOnlySpan<float> output, int width, int height, float scoreThreshold)
    {
        var detections = new List<DetectedObject>();
        Decode(output, width, height, scoreThreshold, detections);
        return detections;
    }

    /// <summary>Decodes into a reusable list, so that a steady stream of images allocates nothing.</summary>
    /// <param name="output">The output for one image, [<see cref="Rows"/>, <see cref="Columns"/>].</param>
    /// <param name="width">Width of the input, in pixels.</param>
    /// <param name="height">Height of the input, in pixels.</param>
    /// <param name="scoreThreshold">Scores at or below it are left out.</param>
    /// <param name="detections">Emptied, then filled.</param>
    /// <exception cref="ArgumentException">The size of the output does not fit the input.</exception>
    public void Decode(ReadOnlySpan<float> output, int width, int height, float scoreThreshold, List<DetectedObject> detections)
    {
        if (output.Length != (long)Rows(width, height) * Columns)
        {
            throw new ArgumentException($"{output.Length} numbers are not {Rows(width, height)} rows of {Columns}", nameof(output));
        }

        detections.Clear();
        var offset = PriorOffset(CentredPriors);
        foreach (var stride in Strides)
        {
            var (columns, rows) = (CeilingDivide(width, stride), CeilingDivide(height, stride));
            for (var y = 0; y < rows; y++)
            {
                for (var x = 0; x < columns; x++)
                {
                    AddPlace(detections, output[..Columns], (x + offset) * stride, (y + offset) * stride, stride, width, height, scoreThreshold);
                    output = output[Columns..];
                }
            }
        }
    }

    private void AddPlace(
        List<DetectedObject> detections, ReadOnlySpan<float> row, float x, float y, int stride, int width, int height, float scoreThreshold)
    {
        if (!AnyAbove(row[..NumClasses], scoreThreshold))
        {
            return;
        }

        BoundingBox? box = null;
        for (var label = 0; label < NumClasses; label++)
        {
            if (row[label] > scoreThreshold)
            {
                box ??= Box(row[NumClasses..], x, y, stride, width, height);
                detections.Add(new DetectedObject(label, row[label], box.Value));
            }
        }
    }

    // Nearly every place is empty, so a whole vector of classes is compared at once.
    private static bool AnyAbove(ReadOnlySpan<float> scores, float threshold)
    {
        var bound = new Vector<float>(threshold);
        for (; scores.Length >= Vector<float>.Count; scores = scores[Vector<float>.Count..])
        {
            if (Vector.GreaterThanAny(new Vector<float>(scores), bound))
            {
                return true;
            }
        }

        foreach (var score in scores)
        {
            if (score > threshold)
            {
                return true;
            }
        }

        return false;
    }

    private BoundingBox Box(ReadOnlySpan<float> logits, float x, float y, int stride, int width, int height)
    {
        var sides = RegMax + 1;
        return new BoundingBox(
            Math.Clamp(x - (Expectation(logits[..sides]) * stride), 0, width),
            Math.Clamp(y - (Expectation(logits.Slice(sides, sides)) * stride), 0, height),
            Math.Clamp(x + (Expectation(logits.Slice(2 * sides, sides)) * stride), 0, width),
            Math.Clamp(y + (Expectation(logits.Slice(3 * sides, sides)) * stride), 0, height));
    }

    /// <summary>Mean of 0, 1, …, <see cref="RegMax"/> under the softmax of the logits (the original's <c>Integral</c>).</summary>
    private static float Expectation(ReadOnlySpan<float> logits)
    {
        var largest = logits[0];
        foreach (var logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        float sum = 0, weighted = 0;
        for (var distance = 0; distance < logits.Length; distance++)
        {
            var weight = MathF.Exp(logits[distance] - largest);
            sum += weight;
            weighted += weight * distance;
        }

        return weighted / sum;
    }

    private static int CeilingDivide(int value, int divisor) => (value + divisor - 1) / divisor;
}
