using System.Numerics;
using System.Runtime.CompilerServices;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>The pixels of a tile. Its matrix is the paper's A.</summary>
internal readonly struct OutputTile : ITile
{
    private const float P = TilePoints.Inner;
    private const float Q = TilePoints.Outer;

    /// <inheritdoc />
    public static int Side => TileGrid.Side;

    /// <inheritdoc />
    public static int Margin => 0;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileLine ToNumbers(TileLine pixels)
    {
        var (a, b, c, d) = (pixels.A, pixels.B, pixels.C, pixels.D);
        var (evenInner, oddInner) = (TileLine.Plus(a, c, P * P), TileLine.Plus(b, d, P * P));
        var (evenOuter, oddOuter) = (TileLine.Plus(a, c, Q * Q), TileLine.Plus(b, d, Q * Q));
        return new(
            a,
            TileLine.Plus(evenInner, oddInner, P),
            TileLine.Plus(evenInner, oddInner, -P),
            TileLine.Plus(evenOuter, oddOuter, Q),
            TileLine.Plus(evenOuter, oddOuter, -Q),
            d);
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileLine ToPixels(TileLine numbers)
    {
        var (sumInner, differenceInner) = (numbers.B + numbers.C, (numbers.B - numbers.C) * new Vector<float>(P));
        var (sumOuter, differenceOuter) = (numbers.D + numbers.E, (numbers.D - numbers.E) * new Vector<float>(Q));
        return new(
            numbers.A + sumInner + sumOuter,
            differenceInner + differenceOuter,
            TileLine.Plus(sumInner * new Vector<float>(P * P), sumOuter, Q * Q),
            TileLine.Plus(TileLine.Plus(numbers.F, differenceInner, P * P), differenceOuter, Q * Q),
            Vector<float>.Zero,
            Vector<float>.Zero);
    }
}
