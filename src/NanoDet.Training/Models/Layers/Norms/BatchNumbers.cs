using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Norms;

/// <summary>The numbers of a batch of maps, picture by picture.</summary>
/// <typeparam name="T">What they are kept in.</typeparam>
/// <param name="maps">[B, ...], in one piece; it must live as long as this.</param>
internal readonly struct BatchNumbers<T>(Tensor maps)
    where T : unmanaged
{
    // Less is done before another thread has woken.
    private const long FewestNumbers = 1 << 15;

    private readonly int _size = (int)(maps.numel() / maps.shape[0]);

    /// <summary>How many pictures there are.</summary>
    public int Count { get; } = (int)maps.shape[0];

    /// <summary>The numbers of a picture.</summary>
    /// <param name="picture">Its number.</param>
    public Span<T> this[int picture] => MapPictures.Numbers<T>(maps).Slice(picture * _size, _size);

    /// <summary>Works on each picture, on as many threads as libtorch uses if there is enough to do.</summary>
    /// <param name="work">Takes the number of a picture.</param>
    public void ForEach(Action<int> work)
        => Denormals.For(Count, (long)Count * _size < FewestNumbers ? 1 : get_num_threads(), work);
}
