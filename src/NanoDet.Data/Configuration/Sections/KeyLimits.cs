using NanoDet.Data.Configuration.Yaml;

namespace NanoDet.Data.Configuration.Sections;

/// <summary>
/// What the numbers of a file can be. The upper limits are far above what published files have; without them, a slip of the finger
/// asks for a network that no machine can hold, or for numbers that have no place in single precision.
/// </summary>
internal static class KeyLimits
{
    /// <summary>Channels of a layer.</summary>
    public static Limits Channels { get; } = new(1, 4096);

    /// <summary>A factor on channels that is a whole number.</summary>
    public static Limits Expansion { get; } = new(1, 16);

    /// <summary>A factor on channels.</summary>
    public static Limits Width { get; } = new(0, 10) { IsAbove = true };

    /// <summary>Side of a convolution's kernel: padded by half of it, a feature map keeps its size only if it is odd.</summary>
    public static Limits Kernel { get; } = new(1, CspLayer.LargestKernel) { IsOdd = true };

    /// <summary>How often a layer or a block is repeated, at least once.</summary>
    public static Limits Repeats { get; } = new(1, 32);

    /// <summary>How often a layer is repeated, which may be never.</summary>
    public static Limits Layers { get; } = Repeats with { Least = 0 };

    /// <summary>Feature maps that are added, each half as large as the one before.</summary>
    public static Limits ExtraMaps { get; } = new(0, 8);

    /// <summary>Pixels of the input for each pixel of a feature map.</summary>
    public static Limits Stride { get; } = new(1, 1 << 14);

    /// <summary>Bins of the distribution of a distance, less one.</summary>
    public static Limits RegMax { get; } = new(1, 128);

    /// <summary>Side of an anchor in strides.</summary>
    public static Limits AnchorScale { get; } = new(1, 1000);

    /// <summary>Side of the input in pixels.</summary>
    public static Limits Side { get; } = new(1, InputSize.LargestSide);

    /// <summary>Epochs, at least one.</summary>
    public static Limits Epochs { get; } = new(1, ConfigurationOverrides.MostEpochs);

    /// <summary>Images of a batch.</summary>
    public static Limits Batch { get; } = new(1, ConfigurationOverrides.LargestBatch);

    /// <summary>Counts that size nothing, and may be none.</summary>
    public static Limits Count { get; } = Limits.AtLeast(0);

    /// <summary>A share or a probability.</summary>
    public static Limits Share { get; } = new(0, 1);

    /// <summary>A share that is never all: what remains is divided by, or would never change.</summary>
    public static Limits PartialShare { get; } = Share with { IsBelow = true };

    /// <summary>A share that is never nothing.</summary>
    public static Limits PositiveShare { get; } = Share with { IsAbove = true };

    /// <summary>A factor that may be zero.</summary>
    public static Limits Factor { get; } = new(0, 100);

    /// <summary>A factor that is divided by: a picture of no size has no inverse.</summary>
    public static Limits PositiveFactor { get; } = Factor with { IsAbove = true };

    /// <summary>An angle of a rotation, in degrees.</summary>
    public static Limits Rotation { get; } = new(0, 360);

    /// <summary>An angle of a shear, in degrees: two of 45 make a line of a picture.</summary>
    public static Limits Shear { get; } = new(0, 45) { IsBelow = true };

    /// <summary>A mean of a channel.</summary>
    public static Limits Mean { get; } = new(0, 1000);

    /// <summary>A deviation of a channel, which is divided by.</summary>
    public static Limits Deviation { get; } = new(0.001, 1000);

    /// <summary>A learning rate, a weight of a loss, a norm: single precision holds what is computed with it.</summary>
    public static Limits Amount { get; } = new(0, 1e6);

    /// <summary>What keeps an optimizer from dividing by zero, in single precision too.</summary>
    public static Limits Epsilon { get; } = new(1e-30, 1);
}
