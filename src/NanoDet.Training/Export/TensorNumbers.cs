using static TorchSharp.torch;

namespace NanoDet.Training.Export;

/// <summary>The numbers of a tensor of the network.</summary>
internal static class TensorNumbers
{
    /// <summary>Returns them in the order of their places, in single precision.</summary>
    public static float[] Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(float32).cpu().contiguous().data<float>().ToArray();
    }
}
