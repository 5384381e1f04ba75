namespace NanoDet.Training.Native;

/// <summary>How the maps behind the backbone lie in memory.</summary>
public enum MemoryOrder
{
    /// <summary>All channels of a pixel side by side (NHWC).</summary>
    ChannelsLast,

    /// <summary>One channel after the other (NCHW), libtorch's usual order.</summary>
    Planar,
}
