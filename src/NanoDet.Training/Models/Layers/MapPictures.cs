using System.Runtime.InteropServices;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>The pictures of a batch, each worked on by one thread.</summary>
internal static class MapPictures
{
    /// <summary>What the channels must be a multiple of where registers hold neighbouring ones: the widest register.</summary>
    public const int ChannelStep = 16;

    /// <summary>[H, W, C] of each picture of a batch whose channels are adjacent.</summary>
    /// <param name="maps">[B, C, H, W], in the order of <see cref="ChannelsLast"/>.</param>
    public static Tensor[] Of(Tensor maps) => maps.detach().permute(0, 2, 3, 1).unbind();

    /// <summary>Works on the pictures of two batches, on as many threads as libtorch uses.</summary>
    /// <param name="first">[B, C, H, W], in the order of <see cref="ChannelsLast"/>.</param>
    /// <param name="second">As many pictures, in the same order.</param>
    /// <param name="work">Takes the number of a picture, and [H, W, C] of both.</param>
    public static void ForEach(Tensor first, Tensor second, Action<int, Tensor, Tensor> work)
    {
        using var scope = NewDisposeScope();
        ForEach(Of(first), Of(second), work);
    }

    /// <summary>Works on pairs of pictures, on as many threads as libtorch uses.</summary>
    /// <param name="first">Pictures.</param>
    /// <param name="second">As many.</param>
    /// <param name="work">Takes the number of a pair, and the pair.</param>
    public static void ForEach(Tensor[] first, Tensor[] second, Action<int, Tensor, Tensor> work)
        => Denormals.For(first.Length, get_num_threads(), picture => work(picture, first[picture], second[picture]));

    /// <summary>Adds the sums of all pictures to those of the first, in their order, so that they do not depend on which thread finishes first.</summary>
    /// <param name="ofPictures">For each picture as many sums.</param>
    /// <returns>Those of the first.</returns>
    public static double[] Total(double[][] ofPictures)
    {
        var total = ofPictures[0];
        foreach (var sums in ofPictures.AsSpan(1))
        {
            for (var i = 0; i < total.Length; i++)
            {
                total[i] += sums[i];
            }
        }

        return total;
    }

    /// <summary>The numbers of a picture in memory.</summary>
    /// <typeparam name="T">What they are kept in.</typeparam>
    /// <param name="picture">In one piece.</param>
    public static Span<T> Numbers<T>(Tensor picture)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(picture.bytes);
}
