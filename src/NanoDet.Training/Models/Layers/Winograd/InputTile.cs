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
    public static TileLine ToNumbers(TileLine pixels)
    {
        var (b, c, d, e) = (pixels.B, pixels.C, pixels.D, pixels.E);
        var (evenInner, oddInner) = (TileLine.Plus(e, c, -(Q * Q)), TileLine.Plus(d, b, -(Q * Q)));
        var (evenOuter, oddOuter) = (TileLine.Plus(e, c, -(P * P)), TileLine.Plus(d, b, -(P * P)));
        return new(
            TileLine.Plus(TileLine.Plus(e, c, -((P * P) + (Q * Q))), pixels.A, P * P * Q * Q),
            TileLine.Plus(evenInner, oddInner, P),
            TileLine.Plus(evenInner, oddInner, -P),
            TileLine.Plus(evenOuter, oddOuter, Q),
            TileLine.Plus(evenOuter, oddOuter, -Q),
            TileLine.Plus(TileLine.Plus(pixels.F, d, -((P * P) + (Q * Q))), b, P * P * Q * Q));
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileLine ToPixels(TileLine numbers)
    {
        var (sumInner, differenceInner) = (numbers.B + numbers.C, (numbers.B - numbers.C) * new Vector<float>(P));
        var (sumOuter, differenceOuter) = (numbers.D + numbers.E, (numbers.D - numbers.E) * new Vector<float>(Q));
        return new(
            numbers.A * new Vector<float>(P * P * Q * Q),
            TileLine.Plus(TileLine.Plus(numbers.F * new Vector<float>(P * P * Q * Q), differenceInner, -(Q * Q)), differenceOuter, -(P * P)),
            TileLine.Plus(TileLine.Plus(numbers.A * new Vector<float>(-((P * P) + (Q * Q))), sumInner, -(Q * Q)), sumOuter, -(P * P)),
            TileLine.Plus(differenceInner + differenceOuter, numbers.F, -((P * P) + (Q * Q))),
            numbers.A + sumInner + sumOuter,
            numbers.F);
    }
}
