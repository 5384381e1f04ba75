using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NanoDet.Training.Models.Layers;

/// <summary>A number in single precision.</summary>
internal readonly struct SingleNumber : IMapNumber<SingleNumber>
{
#pragma warning disable CS0169, IDE0051 // It only has the size of one; vectors read it.
    private readonly float _value;
#pragma warning restore CS0169, IDE0051

    /// <inheritdoc />
    public static Vector512<float> Load(ReadOnlySpan<SingleNumber> from) => Vector512.Create(MemoryMarshal.Cast<SingleNumber, float>(from));

    /// <inheritdoc />
    public static void Store(Vector512<float> values, Span<SingleNumber> to) => values.CopyTo(MemoryMarshal.Cast<SingleNumber, float>(to));
}
