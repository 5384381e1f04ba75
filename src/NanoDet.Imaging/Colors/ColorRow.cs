using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoDet.Imaging.Colors;

/// <summary>
/// Turns rows of BGRA pixels into three planes of normalised numbers, and applies colour changes
/// (<c>color_aug_and_norm</c> of the original).
/// </summary>
internal readonly struct ColorRow
{
    private readonly float _scale;
    private readonly float _offset;
    private readonly float? _saturation;
    private readonly Vector3 _mean;
    private readonly Vector3 _inverseStd;

    public ColorRow(Normalization normalization, ColorJitter jitter)
    {
        // (pixel / 255 + brightness) * contrast
        _scale = (float)(jitter.Contrast / 255);
        _offset = (float)(jitter.Brightness * jitter.Contrast);
        _saturation = (float?)jitter.Saturation;
        var (mean, std) = (normalization.Mean, normalization.Std);
        _mean = new((float)(mean[0] / 255), (float)(mean[1] / 255), (float)(mean[2] / 255));
        _inverseStd = new((float)(255 / std[0]), (float)(255 / std[1]), (float)(255 / std[2]));
    }

    /// <summary>Writes one row.</summary>
    /// <param name="pixels">BGRA.</param>
    /// <param name="blue">As many numbers as pixels.</param>
    /// <param name="green">As many numbers as pixels.</param>
    /// <param name="red">As many numbers as pixels.</param>
    public void Write(ReadOnlySpan<uint> pixels, Span<float> blue, Span<float> green, Span<float> red)
    {
        var i = 0;
        for (; i <= pixels.Length - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            var (b, g, r) = Convert(new Vector<uint>(pixels[i..]));
            b.CopyTo(blue[i..]);
            g.CopyTo(green[i..]);
            r.CopyTo(red[i..]);
        }

        if (i < pixels.Length)
        {
            Span<uint> rest = stackalloc uint[Vector<uint>.Count];
            pixels[i..].CopyTo(rest);
            var (b, g, r) = Convert(new Vector<uint>(rest));
            CopyPart(b, blue[i..]);
            CopyPart(g, green[i..]);
            CopyPart(r, red[i..]);
        }
    }

    private static void CopyPart(Vector<float> values, Span<float> target)
        => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Vector<float>, float>(ref values), target.Length).CopyTo(target);

    private (Vector<float> Blue, Vector<float> Green, Vector<float> Red) Convert(Vector<uint> pixels)
    {
        var mask = new Vector<uint>(0xFF);
        var b = Scale(pixels & mask);
        var g = Scale((pixels >>> 8) & mask);
        var r = Scale((pixels >>> 16) & mask);
        if (_saturation is { } saturation)
        {
            // BGR to HSV, S times the factor, back to BGR, as OpenCV does in floats: hue and value stay, so every channel
            // keeps its relative position between value and minimum. S is (V - min) / (|V| + epsilon), hence the sign where V is negative.
            var value = Vector.Max(Vector.Max(b, g), r);
            var factor = value * saturation / (Vector.Abs(value) + new Vector<float>(1.1920929e-7f));
            b = value - (factor * (value - b));
            g = value - (factor * (value - g));
            r = value - (factor * (value - r));
        }

        return (
            (b - new Vector<float>(_mean[0])) * _inverseStd[0],
            (g - new Vector<float>(_mean[1])) * _inverseStd[1],
            (r - new Vector<float>(_mean[2])) * _inverseStd[2]);
    }

    private Vector<float> Scale(Vector<uint> channel)
        => (Vector.ConvertToSingle(Vector.AsVectorInt32(channel)) * _scale) + new Vector<float>(_offset);
}
