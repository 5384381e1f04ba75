namespace NanoDet.Training.Native;

/// <summary>The memory order of the feature maps after the backbone.</summary>
public enum MemoryOrder
{
    /// <summary>All channels of a pixel are adjacent (NHWC).</summary>
    ChannelsLast,

    /// <summary>One channel after the other (NCHW), libtorch's usual order.</summary>
    Planar,
}
