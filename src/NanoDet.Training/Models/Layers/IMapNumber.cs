using System.Numerics;

namespace NanoDet.Training.Models.Layers;

/// <summary>A number of a feature map, as it lies in memory. All arithmetic on it is in single precision.</summary>
internal interface IMapNumber<T>
    where T : unmanaged, IMapNumber<T>
{
    /// <summary>Widens as many numbers as a register takes in single precision.</summary>
    static abstract Vector<float> Load(ReadOnlySpan<T> from);

    /// <summary>Rounds as many numbers, to the nearest.</summary>
    static abstract void Store(Vector<float> values, Span<T> to);
}
