using System.Numerics;

namespace NanoDet.SampleGenerator;

/// <summary>
/// Random numbers that depend on a key alone (SplitMix64), so that a picture never depends on the others or on order.
/// </summary>
public sealed class KeyedRandom(ulong key)
{
    private ulong _state = Mix(key + 0x9E3779B97F4A7C15);

    /// <summary>Uniform in [0, 1).</summary>
    public float Next() => (Mix(_state += 0x9E3779B97F4A7C15) >> 40) / (float)(1 << 24);

    /// <summary>Uniform between two bounds.</summary>
    public float Next(float from, float to) => from + ((to - from) * Next());

    /// <summary>A whole number in [0, count).</summary>
    public int Below(int count) => Math.Min((int)(Next() * count), count - 1);

    /// <summary>True with the given probability.</summary>
    public bool Chance(float probability) => Next() < probability;

    /// <summary>One of several values.</summary>
    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>A colour near another: brightness and tint vary by the given shares.</summary>
    public Vector3 Near(Vector3 colour, float brightness, float tint)
        => colour * Next(1 - brightness, 1 + brightness)
            * new Vector3(Next(1 - tint, 1 + tint), Next(1 - tint, 1 + tint), Next(1 - tint, 1 + tint));

    /// <summary>The finaliser of SplitMix64: a good hash of 64 bits.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
