using System.Numerics;
using System.Runtime.CompilerServices;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>The pixels of a tile. Its matrix is the paper's A.</summary>
internal readonly struct OutputTile : ITile
{
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
        var (even, odd) = (a + c, b + d);
        var (evenFour, oddFour) = (a + (c * 4), (b * 2) + (d * 8));
        square[first + step] = even + odd;
        square[first + (2 * step)] = even - odd;
        square[first + (3 * step)] = evenFour + oddFour;
        square[first + (4 * step)] = evenFour - oddFour;
        square[first + (5 * step)] = d;
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToPixels(Span<Vector<float>> square, int first, int step)
    {
        var (a, b, c) = (square[first], square[first + step], square[first + (2 * step)]);
        var (d, e, f) = (square[first + (3 * step)], square[first + (4 * step)], square[first + (5 * step)]);
        var (sum, difference) = (b + c, b - c);
        var (sumOfTwo, differenceOfTwo) = (d + e, d - e);
        square[first] = a + sum + sumOfTwo;
        square[first + step] = difference + (differenceOfTwo * 2);
        square[first + (2 * step)] = sum + (sumOfTwo * 4);
        square[first + (3 * step)] = difference + (differenceOfTwo * 8) + f;
    }
}
