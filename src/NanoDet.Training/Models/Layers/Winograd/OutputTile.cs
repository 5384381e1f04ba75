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
    public static void ToNumbers(Span<Vector<float>> square, int first, int step)
    {
        var (a, b) = (square[first], square[first + step]);
        var (c, d) = (square[first + (2 * step)], square[first + (3 * step)]);
        var (evenInner, oddInner) = (a + (c * (P * P)), (b + (d * (P * P))) * P);
        var (evenOuter, oddOuter) = (a + (c * (Q * Q)), (b + (d * (Q * Q))) * Q);
        square[first + step] = evenInner + oddInner;
        square[first + (2 * step)] = evenInner - oddInner;
        square[first + (3 * step)] = evenOuter + oddOuter;
        square[first + (4 * step)] = evenOuter - oddOuter;
        square[first + (5 * step)] = d;
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToPixels(Span<Vector<float>> square, int first, int step)
    {
        var (a, b, c) = (square[first], square[first + step], square[first + (2 * step)]);
        var (d, e, f) = (square[first + (3 * step)], square[first + (4 * step)], square[first + (5 * step)]);
        var (sumInner, differenceInner) = (b + c, (b - c) * P);
        var (sumOuter, differenceOuter) = (d + e, (d - e) * Q);
        square[first] = a + sumInner + sumOuter;
        square[first + step] = differenceInner + differenceOuter;
        square[first + (2 * step)] = (sumInner * (P * P)) + (sumOuter * (Q * Q));
        square[first + (3 * step)] = (differenceInner * (P * P)) + (differenceOuter * (Q * Q)) + f;
    }
}
