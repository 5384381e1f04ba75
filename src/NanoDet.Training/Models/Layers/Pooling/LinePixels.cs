using System.Numerics;

namespace NanoDet.Training.Models.Layers.Pooling;

/// <summary>Widens and rounds pixels that lie side by side, of which there may be any number.</summary>
/// <typeparam name="T">What the map is kept in.</typeparam>
/// <param name="most">The largest number of pixels.</param>
internal sealed class LinePixels<T>(int most)
    where T : unmanaged, IMapNumber<T>
{
    // Registers may reach beyond the last pixel.
    private readonly float[] _values = new float[most + Vector<float>.Count];
    private readonly T[] _line = new T[most + Vector<float>.Count];

    /// <summary>Widens pixels.</summary>
    /// <returns>As many, until the next call.</returns>
    public ReadOnlySpan<float> Widen(ReadOnlySpan<T> line)
    {
        line.CopyTo(_line);
        for (var i = 0; i < line.Length; i += Vector<float>.Count)
        {
            T.Load(in _line[i]).CopyTo(_values, i);
        }

        return _values.AsSpan(0, line.Length);
    }

    /// <summary>Rounds values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="line">Where they go; what lies behind them stays.</param>
    public void Round(ReadOnlySpan<float> values, Span<T> line)
    {
        values.CopyTo(_values);
        for (var i = 0; i < values.Length; i += Vector<float>.Count)
        {
            T.Store(new(_values, i), ref _line[i]);
        }

        _line.AsSpan(0, values.Length).CopyTo(line);
    }
}
