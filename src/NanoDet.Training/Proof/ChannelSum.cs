using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>Sums over the pixels of all pictures of a batch, in double precision, one picture after the other.</summary>
internal static class ChannelSum
{
    /// <summary>The sum of each channel.</summary>
    /// <param name="maps">[B, C, H, W] on any device, any precision.</param>
    /// <returns>[C] in the processor's memory.</returns>
    public static Tensor Of(Tensor maps) => Of(maps.shape[0], maps.shape[1], picture => maps[picture].to(float64).cpu());

    /// <summary>The sum of each channel of what is worked out for each picture.</summary>
    /// <param name="pictures">B.</param>
    /// <param name="channels">C.</param>
    /// <param name="map">The map of a picture, [C, H, W], in double precision.</param>
    /// <returns>[C].</returns>
    public static Tensor Of(long pictures, long channels, Func<long, Tensor> map)
    {
        using var scope = NewDisposeScope();
        var sum = zeros([channels], float64);
        for (var picture = 0L; picture < pictures; picture++)
        {
            using var inner = NewDisposeScope();
            sum.add_(map(picture).flatten(1).sum(1));
        }

        return sum.MoveToOuterDisposeScope();
    }
}
