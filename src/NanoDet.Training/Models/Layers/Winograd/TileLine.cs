using System.Numerics;
using System.Runtime.CompilerServices;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>A line of a tile, of some channels: its pixels, of which there may be only four, or its numbers.</summary>
internal readonly struct TileLine(Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d, Vector<float> e, Vector<float> f)
{
    /// <summary>The first.</summary>
    public readonly Vector<float> A = a;

    /// <summary>The second.</summary>
    public readonly Vector<float> B = b;

    /// <summary>The third.</summary>
    public readonly Vector<float> C = c;

    /// <summary>The fourth.</summary>
    public readonly Vector<float> D = d;

    /// <summary>The fifth; 0 where there are four.</summary>
    public readonly Vector<float> E = e;

    /// <summary>The sixth; 0 where there are four.</summary>
    public readonly Vector<float> F = f;

    /// <summary>A sum and a multiple of a value, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Plus(Vector<float> sum, Vector<float> value, float factor) => Vector.FusedMultiplyAdd(value, new Vector<float>(factor), sum);
}
