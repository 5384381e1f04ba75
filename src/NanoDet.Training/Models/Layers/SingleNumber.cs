using System.Numerics;
using System.Runtime.InteropServices;

namespace NanoDet.Training.Models.Layers;

/// <summary>A number in single precision.</summary>
internal readonly struct SingleNumber : IMapNumber<SingleNumber>
{
#pragma warning disable CS0169, IDE0051 // It only has the size of one; vectors read it.
    private readonly float _value;
#pragma warning restore CS0169, IDE0051

    /// <inheritdoc />
    public static Vector<float> Load(ReadOnlySpan<SingleNumber> from) => new(MemoryMarshal.Cast<SingleNumber, float>(from));

    /// <inheritdoc />
    public static void Store(Vector<float> values, Span<SingleNumber> to) => values.CopyTo(MemoryMarshal.Cast<SingleNumber, float>(to));
}
