using System.Collections.Immutable;

namespace NanoDet.Data.Configuration;

/// <summary>One layer of <see cref="CustomCspNetConfiguration"/>.</summary>
/// <param name="Kind"><c>Conv</c>, <c>MaxPool</c> or <c>CspBlock</c>.</param>
/// <param name="Arguments">
/// The numbers that follow the kind in the file, in its order: input channels, output channels, kernel and stride of a <c>Conv</c>;
/// kernel and stride of a <c>MaxPool</c>; input channels, number of residual blocks, kernel and stride of a <c>CspBlock</c>.
/// </param>
public sealed record CspLayer(string Kind, ImmutableArray<int> Arguments)
{
    /// <summary>The largest kernel of a layer, in pixels.</summary>
    internal const int LargestKernel = 31;

    private const int MostChannels = 1 << 14;
    private const int MostBlocks = 100;
    private const int LargestStride = 64;

    /// <summary>Returns what the layer makes.</summary>
    /// <param name="input">What goes in.</param>
    /// <returns>Null if the layer cannot be built.</returns>
    public BackboneStage? After(BackboneStage input) => WhyNotAfter(input) is not null ? null : Kind switch
    {
        "Conv" => new(Arguments[1], input.Stride * Arguments[3]),
        "CspBlock" => new(2 * Arguments[0], input.Stride * Arguments[3]),
        _ => new(input.Channels, input.Stride * Arguments[1]),
    };

    /// <summary>Returns why the layer cannot be built.</summary>
    /// <param name="input">What goes in.</param>
    /// <returns>Null if it can be built.</returns>
    public string? WhyNotAfter(BackboneStage input)
    {
        var numbers = Kind switch
        {
            "Conv" => "input channels, output channels, kernel and stride",
            "CspBlock" => "input channels, number of residual blocks, kernel and stride",
            "MaxPool" => "kernel and stride",
            _ => null,
        };
        if (numbers is null)
        {
            return $"CustomCspNet has no layer {Kind}; it has Conv, MaxPool and CspBlock";
        }

        if (Arguments.Length != (Kind == "MaxPool" ? 2 : 4))
        {
            return $"The numbers of a {Kind} are {numbers}";
        }

        var (kernel, stride) = (Arguments[^2], Arguments[^1]);
        if (kernel is < 1 or > LargestKernel || stride is not (1 or 2 or 4) || input.Stride * stride > LargestStride)
        {
            return $"A {Kind} has a kernel from 1 to {LargestKernel} and a stride of 1, 2 or 4, and the strides multiplied are at most {LargestStride}";
        }

        if (kernel % 2 == 0 && (stride == 1 || Kind == "CspBlock"))
        {
            return $"A {Kind} with a kernel of {kernel} and a stride of {stride} makes feature maps of another size; the kernel must be odd";
        }

        if (Kind == "MaxPool")
        {
            return null;
        }

        if (Arguments[0] != input.Channels)
        {
            return $"The {Kind} takes feature maps with {Arguments[0]} channels, but what goes in has {input.Channels}";
        }

        return Kind switch
        {
            "Conv" when Arguments[1] is < 1 or > MostChannels => $"A Conv has from 1 to {MostChannels} output channels",
            "CspBlock" when Arguments[0] % 2 != 0 || Arguments[0] > MostChannels / 2 || Arguments[1] > MostBlocks
                => $"A CspBlock has an even number of channels up to {MostChannels / 2}, and at most {MostBlocks} residual blocks",
            _ => null,
        };
    }
}
