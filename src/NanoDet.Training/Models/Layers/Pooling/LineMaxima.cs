using System.Numerics;

namespace NanoDet.Training.Models.Layers.Pooling;

/// <summary>The maximum of three neighbouring pixels around every second one of a line, or of several lines, and where it lies.</summary>
internal sealed class LineMaxima
{
    private readonly float[] _values;
    private readonly int[] _places;
    private readonly float[] _even; // the pixels in the middle of the three
    private readonly float[] _odd; // those beside them, from the one before the first

    /// <summary>Takes memory for them.</summary>
    /// <param name="count">How many there are.</param>
    public LineMaxima(int count)
    {
        var most = count + Vector<float>.Count; // registers may reach beyond the last one
        (_values, _places, _even, _odd) = (new float[most], new int[most], new float[most], new float[most + 1]);
        _odd[0] = float.NegativeInfinity;
    }

    /// <summary>The maxima.</summary>
    public Span<float> Values => _values;

    /// <summary>Where they lie.</summary>
    public Span<int> Places => _places;

    /// <summary>Compares the pixels of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Where its first pixel lies.</param>
    public void OfLine(ReadOnlySpan<float> line, int start)
    {
        var pairs = line.Length / 2;
        for (var i = 0; i < pairs; i++)
        {
            _even[i] = line[2 * i];
            _odd[i + 1] = line[(2 * i) + 1];
        }

        if (line.Length % 2 == 1)
        {
            (_even[pairs], _odd[pairs + 1]) = (line[^1], float.NegativeInfinity);
        }

        var place = Vector.CreateSequence(start - 1, 2);
        for (var i = 0; i < (line.Length + 1) / 2; i += Vector<float>.Count)
        {
            var (value, at) = Later(new(_odd, i), place, new(_even, i), place + Vector<int>.One);
            (value, at) = Later(value, at, new(_odd, i + 1), place + new Vector<int>(2));
            value.CopyTo(_values, i);
            at.CopyTo(_places, i);
            place += new Vector<int>(2 * Vector<float>.Count);
        }

        // Where no pixel is larger than what lies before the line, the first one is the maximum.
        _places[0] = Math.Max(_places[0], start);
    }

    /// <summary>Compares with the maxima of a later line.</summary>
    public void CompareWith(LineMaxima later)
    {
        for (var i = 0; i + Vector<float>.Count <= _values.Length; i += Vector<float>.Count)
        {
            var (value, at) = Later(new(_values, i), new(_places, i), new(later._values, i), new(later._places, i));
            value.CopyTo(_values, i);
            at.CopyTo(_places, i);
        }
    }

    /// <summary>Takes later values where they are larger, or not a number.</summary>
    private static (Vector<float> Values, Vector<int> Places) Later(Vector<float> values, Vector<int> places, Vector<float> later, Vector<int> laterPlaces)
    {
        var takes = Vector.GreaterThan(later, values) | ~Vector.Equals(later, later);
        return (Vector.ConditionalSelect(takes, later, values), Vector.ConditionalSelect(takes, laterPlaces, places));
    }
}
