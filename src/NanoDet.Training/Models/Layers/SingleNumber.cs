using System.Numerics;
using System.Runtime.CompilerServices;

namespace NanoDet.Training.Models.Layers;

/// <summary>A number in single precision.</summary>
internal readonly struct SingleNumber : IMapNumber<SingleNumber>
{
#pragma warning disable CS0169, IDE0051 // It only has the size of one; vectors read it.
    private readonly float _value;
#pragma warning restore CS0169, IDE0051

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(ref readonly SingleNumber first) => Vector.LoadUnsafe(in Unsafe.As<SingleNumber, float>(ref Unsafe.AsRef(in first)));

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<float> values, ref SingleNumber first) => values.StoreUnsafe(ref Unsafe.As<SingleNumber, float>(ref first));
}
