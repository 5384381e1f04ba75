using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>
/// Group normalisation (Wu and He, 2018) and a ReLU that may leak as one operation of the processor, for maps in the order of
/// <see cref="ChannelsLast"/>: two passes over the map each way, in a fraction of the time of libtorch's two layers.
/// </summary>
internal sealed class GroupNormActivation : autograd.SingleTensorFunction<GroupNormActivation>
{
    private const string Pictures = "pictures";

    /// <inheritdoc />
    public override string Name => nameof(GroupNormActivation);

    /// <summary>Normalises and activates.</summary>
    /// <param name="maps">[B, C, H, W], single precision, in the processor's memory; C is a multiple of 32.</param>
    /// <param name="norm">With a weight and a bias for each channel.</param>
    /// <param name="slope">Factor on negative values, 0 to 1.</param>
    /// <returns>[B, C, H, W].</returns>
    public static Tensor Of(Tensor maps, GroupNorm norm, double slope)
        => apply(ChannelsLast.Of(maps), norm.weight!, norm.bias!, (int)norm.num_groups, norm.eps, (float)slope);

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var maps = (Tensor)vars[0];
        var (weight, bias) = (Floats((Tensor)vars[1]).ToArray(), Floats((Tensor)vars[2]).ToArray());
        var kernels = new GroupNormKernel[maps.shape[0]];
        var output = empty_like(maps);
        Parallel.For(0, kernels.Length, Threads, image =>
        {
            kernels[image] = new GroupNormKernel(Picture(maps, image), weight, bias, (int)vars[3], (double)vars[4], (float)vars[5]);
            kernels[image].Forward(Picture(maps, image), Picture(output, image));
        });
        ctx.save_for_backward([maps]);
        ctx.save_data(Pictures, kernels);
        return output;
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var maps = ctx.get_saved_variables()[0];
        var kernels = (GroupNormKernel[])ctx.get_data(Pictures);
        var gradients = ChannelsLast.Of(grad_output);
        var output = empty_like(maps);
        Parallel.For(0, kernels.Length, Threads, image =>
            kernels[image].Backward(Picture(maps, image), Picture(gradients, image), Picture(output, image)));

        // One picture after the other: the sum does not depend on who was ready first.
        var (weight, bias) = (new double[maps.shape[1]], new double[maps.shape[1]]);
        foreach (var kernel in kernels)
        {
            kernel.AddParameterGradients(weight, bias);
        }

        return [output, tensor(weight, float32), tensor(bias, float32), null!, null!, null!];
    }

    private static ParallelOptions Threads => new() { MaxDegreeOfParallelism = get_num_threads() };

    /// <summary>[H W, C] of a picture.</summary>
    private static Span<float> Picture(Tensor maps, int image) => Floats(maps.permute(0, 2, 3, 1)[image]);

    private static Span<float> Floats(Tensor values) => MemoryMarshal.Cast<byte, float>(values.bytes);
}
