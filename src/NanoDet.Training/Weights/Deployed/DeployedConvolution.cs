using System.Globalization;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>A convolution in a file that was made for detection: the normalisation that followed it is part of its weights.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Weight">The kernels, singles [out, in / groups, kernel, kernel].</param>
/// <param name="Bias">One number per output channel.</param>
/// <param name="Stride">Step, in pixels.</param>
/// <param name="Padding">Zeros around the input, in pixels.</param>
/// <param name="Groups">The number of groups of channels.</param>
/// <param name="Input">What computes its input.</param>
internal sealed record DeployedConvolution(
    string Name, WeightTensor Weight, float[] Bias, long Stride, long Padding, long Groups, DeployedOperation Input)
{
    /// <summary>Whether two convolutions compute the same but for their numbers.</summary>
    /// <param name="other">The other one.</param>
    /// <param name="withRows">Whether they have to have equally many output channels.</param>
    public bool IsLike(DeployedConvolution other, bool withRows)
        => (Stride, Padding, Groups) == (other.Stride, other.Padding, other.Groups)
        && Weight.Shape.AsSpan()[(withRows ? 0 : 1)..].SequenceEqual(other.Weight.Shape.AsSpan()[(withRows ? 0 : 1)..]);

    /// <summary>What it computes, in words.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Weight.Shape[2]}x{Weight.Shape[3]} from {Weight.Shape[1] * Groups} to {Weight.Shape[0]} channels{(Groups > 1 ? $" in {Groups} groups" : "")}, stride {Stride}");
}
