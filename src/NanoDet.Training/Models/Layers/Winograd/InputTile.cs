using System.Numerics;
using System.Runtime.CompilerServices;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>What a convolution sees of a tile: one pixel more on each side, so that neighbours overlap. Its matrix is the paper's B.</summary>
internal readonly struct InputTile : ITile
{
    private const float P = TilePoints.Inner;
    private const float Q = TilePoints.Outer;

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
        var (evenInner, oddInner) = (e - (c * (Q * Q)), (d - (b * (Q * Q))) * P);
        var (evenOuter, oddOuter) = (e - (c * (P * P)), (d - (b * (P * P))) * Q);
        square[first] = (a * (P * P * Q * Q)) - (c * ((P * P) + (Q * Q))) + e;
        square[first + step] = evenInner + oddInner;
        square[first + (2 * step)] = evenInner - oddInner;
        square[first + (3 * step)] = evenOuter + oddOuter;
        square[first + (4 * step)] = evenOuter - oddOuter;
        square[first + (5 * step)] = (b * (P * P * Q * Q)) - (d * ((P * P) + (Q * Q))) + f;
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToPixels(Span<Vector<float>> square, int first, int step)
    {
        var (a, b, c) = (square[first], square[first + step], square[first + (2 * step)]);
        var (d, e, f) = (square[first + (3 * step)], square[first + (4 * step)], square[first + (5 * step)]);
        var (sumInner, differenceInner) = (b + c, (b - c) * P);
        var (sumOuter, differenceOuter) = (d + e, (d - e) * Q);
        square[first] = a * (P * P * Q * Q);
        square[first + step] = (f * (P * P * Q * Q)) - (differenceInner * (Q * Q)) - (differenceOuter * (P * P));
        square[first + (2 * step)] = (a * -((P * P) + (Q * Q))) - (sumInner * (Q * Q)) - (sumOuter * (P * P));
        square[first + (3 * step)] = differenceInner + differenceOuter - (f * ((P * P) + (Q * Q)));
        square[first + (4 * step)] = a + sumInner + sumOuter;
        square[first + (5 * step)] = f;
    }
}
