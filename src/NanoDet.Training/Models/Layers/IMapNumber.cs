using System.Numerics;

namespace NanoDet.Training.Models.Layers;

/// <summary>A number of a feature map, as it lies in memory. All arithmetic on it is in single precision.</summary>
internal interface IMapNumber<T>
    where T : unmanaged, IMapNumber<T>
{
    /// <summary>Widens as many numbers as a register takes in single precision.</summary>
    /// <param name="first">The first of them; the others must follow it in memory.</param>
    static abstract Vector<float> Load(ref readonly T first);

    /// <summary>Rounds as many numbers, to the nearest.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="first">Where the first goes; there must be room for the others behind it.</param>
    static abstract void Store(Vector<float> values, ref T first);
}
