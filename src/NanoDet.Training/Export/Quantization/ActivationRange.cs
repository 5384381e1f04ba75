namespace NanoDet.Training.Export.Quantization;

/// <summary>The numbers of a feature map that its 256 steps cover; numbers outside become the nearest end.</summary>
/// <param name="Low">The smallest, at most 0.</param>
/// <param name="High">The largest, at least 0.</param>
public readonly record struct ActivationRange(float Low, float High)
{
    /// <summary>The width of a step.</summary>
    public float Scale => High - Low > 0 ? Math.Max((High - Low) / byte.MaxValue, 1e-12f) : 1;

    /// <summary>The step that means 0, which padding needs to be exact.</summary>
    public byte Zero => (byte)Math.Clamp(MathF.Round(-Low / Scale), 0, byte.MaxValue);

    /// <summary>The step next to a number.</summary>
    public float Round(float value)
    {
        var (scale, zero) = (Scale, (float)Zero);
        return (Math.Clamp(MathF.Round(value / scale) + zero, 0, byte.MaxValue) - zero) * scale;
    }
}
