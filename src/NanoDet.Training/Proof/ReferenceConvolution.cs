using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NanoDet.Training.Proof;

/// <summary>
/// A convolution of one picture in double precision, as a sum over the places of its kernel of matrix products. It shares no
/// kernel with a convolution of libtorch.
/// </summary>
/// <param name="stride">Step of the kernel.</param>
/// <param name="padding">Zeros on every side.</param>
/// <param name="groups">Groups of channels that do not mix.</param>
internal sealed class ReferenceConvolution(long stride, long padding, long groups)
{
    /// <summary>The output.</summary>
    /// <param name="map">[in, H, W].</param>
    /// <param name="weight">[out, in / groups, k, k].</param>
    /// <returns>[out, H', W'].</returns>
    public Tensor Output(Tensor map, Tensor weight)
    {
        using var scope = NewDisposeScope();
        var (padded, kernel) = (Padded(map), weight.shape[2]);
        var (height, width) = (Length(map.shape[1], kernel), Length(map.shape[2], kernel));
        var sum = zeros([groups, weight.shape[0] / groups, height * width], float64);
        foreach (var (row, column) in Places(kernel))
        {
            using var inner = NewDisposeScope();
            sum.add_(Product(Grouped(weight[.., .., row, column]), Seen(padded, row, column, height, width)));
        }

        return sum.reshape(weight.shape[0], height, width).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of the map.</summary>
    /// <param name="gradient">Of the output, [out, H', W'].</param>
    /// <param name="weight">[out, in / groups, k, k].</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <returns>[in, H, W].</returns>
    public Tensor InputGradient(Tensor gradient, Tensor weight, long height, long width)
    {
        using var scope = NewDisposeScope();
        var channels = weight.shape[1] * groups;
        var sum = zeros([channels, height + (2 * padding), width + (2 * padding)], float64);
        var grouped = gradient.reshape(groups, -1, gradient.shape[1] * gradient.shape[2]);
        foreach (var (row, column) in Places(weight.shape[2]))
        {
            using var inner = NewDisposeScope();
            var product = Product(Grouped(weight[.., .., row, column]).transpose(1, 2), grouped);
            Window(sum, row, column, gradient.shape[1], gradient.shape[2]).add_(product.reshape(channels, gradient.shape[1], gradient.shape[2]));
        }

        return sum.narrow(1, padding, height).narrow(2, padding, width).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of the weight of one output channel of each group.</summary>
    /// <param name="map">[in, H, W].</param>
    /// <param name="gradient">Of those outputs, [groups, H', W'].</param>
    /// <param name="kernel">k.</param>
    /// <returns>[in, k, k].</returns>
    public Tensor WeightGradient(Tensor map, Tensor gradient, long kernel)
    {
        using var scope = NewDisposeScope();
        var padded = Padded(map);
        var grouped = gradient.reshape(groups, 1, -1);
        var places = Places(kernel).Select(place =>
            Seen(padded, place.Row, place.Column, gradient.shape[1], gradient.shape[2]).mul(grouped).sum(2).flatten()); // [in]
        return stack([.. places], dim: 1).reshape(-1, kernel, kernel).MoveToOuterDisposeScope();
    }

    private Tensor Padded(Tensor map) => functional.pad(map, (padding, padding, padding, padding));

    private long Length(long side, long kernel) => ((side + (2 * padding) - kernel) / stride) + 1;

    /// <summary>What a place of the kernel sees, [groups, in / groups, H' W'].</summary>
    private Tensor Seen(Tensor padded, long row, long column, long height, long width)
        => Window(padded, row, column, height, width).reshape(groups, -1, height * width);

    private Tensor Window(Tensor padded, long row, long column, long height, long width) => padded[
        .., TensorIndex.Slice(row, row + ((height - 1) * stride) + 1, stride), TensorIndex.Slice(column, column + ((width - 1) * stride) + 1, stride)];

    private Tensor Grouped(Tensor weight) => weight.reshape(groups, -1, weight.shape[1]); // [groups, out / groups, in / groups]

    // Of depthwise convolutions the matrices are single numbers.
    private static Tensor Product(Tensor weight, Tensor maps) => weight.shape[2] == 1 ? weight * maps : weight.bmm(maps);

    private static IEnumerable<(long Row, long Column)> Places(long kernel)
    {
        for (var i = 0L; i < kernel * kernel; i++)
        {
            yield return (i / kernel, i % kernel);
        }
    }
}
