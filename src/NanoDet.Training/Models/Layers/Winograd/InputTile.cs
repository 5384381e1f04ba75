using System.Numerics;
using System.Runtime.CompilerServices;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>What a convolution sees of a tile: one pixel more on each side, so that neighbours overlap. Its matrix is the paper's B.</summary>
internal readonly struct InputTile : ITile
{
    /// <inheritdoc />
    public static int Side => 6;

    /// <inheritdoc />
    public static int Margin => 1;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToNumbers(Span<Vector<float>> square, int first, int step)
    {
        var (a, b, c) = (square[first], square[first + step], square[first + (2 * step)]);
        var (d, e, f) = (square[first + (3 * step)], square[first + (4 * step)], square[first + (5 * step)]);
        var (evenFour, oddFour) = (e - (c * 4), d - (b * 4));
        var (even, odd) = (e - c, (d - b) * 2);
        square[first] = (a * 4) - (c * 5) + e;
        square[first + step] = evenFour + oddFour;
        square[first + (2 * step)] = evenFour - oddFour;
        square[first + (3 * step)] = even + odd;
        square[first + (4 * step)] = even - odd;
        square[first + (5 * step)] = (b * 4) - (d * 5) + f;
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToPixels(Span<Vector<float>> square, int first, int step)
    {
        var (a, b, c) = (square[first], square[first + step], square[first + (2 * step)]);
        var (d, e, f) = (square[first + (3 * step)], square[first + (4 * step)], square[first + (5 * step)]);
        var (sum, difference) = (b + c, b - c);
        var (sumOfTwo, differenceOfTwo) = (d + e, (d - e) * 2);
        square[first] = a * 4;
        square[first + step] = (f * 4) - (difference * 4) - differenceOfTwo;
        square[first + (2 * step)] = (a * -5) - (sum * 4) - sumOfTwo;
        square[first + (3 * step)] = difference + differenceOfTwo - (f * 5);
        square[first + (4 * step)] = a + sum + sumOfTwo;
        square[first + (5 * step)] = f;
    }
}
