using System.Numerics;
using System.Runtime.CompilerServices;

namespace NanoDet.Training.Models.Layers.Norms;

/// <summary>What becomes of the values of a register, as <see cref="ChannelScales"/> says.</summary>
/// <param name="scale">For each place of the register.</param>
/// <param name="shift">For each place of the register.</param>
/// <param name="slope">Factor on negative values.</param>
internal readonly struct ChannelActivation(Vector<float> scale, Vector<float> shift, float slope)
{
    private readonly Vector<float> _slope = new(slope);

    /// <summary>What values are multiplied by.</summary>
    public Vector<float> Scale => scale;

    /// <summary>Normalises and activates.</summary>
    /// <param name="values">The values.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Of(Vector<float> values)
    {
        var normalized = Normalized(values);
        return Vector.Max(normalized, normalized * _slope);
    }

    /// <summary>Passes gradients back through the activation.</summary>
    /// <param name="values">The values before the normalisation.</param>
    /// <param name="gradients">Of what came out.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Back(Vector<float> values, Vector<float> gradients)
        => Vector.ConditionalSelect(Vector.GreaterThan(Normalized(values), Vector<float>.Zero), gradients, gradients * _slope);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> Normalized(Vector<float> values) => Vector.FusedMultiplyAdd(values, scale, shift);
}
