using System.Collections.Immutable;

namespace NanoDet.Data.Configuration;

/// <summary>
/// Depth and width of the ConvNeXt networks (Liu et al., 2022) that PyTorch Image Models has in sizes for small devices. Their
/// matrices are 1x1 convolutions; the larger ones have other layers.
/// </summary>
/// <param name="Blocks">Blocks of stages 0 to 3.</param>
/// <param name="Width">Channels of stage 0; each stage has twice as many as the one before.</param>
public sealed record ConvNextShape(ImmutableArray<int> Blocks, int Width)
{
    /// <summary>Pixels of the input that one pixel of stage 0 stands for, in either direction.</summary>
    public const int Patch = 4;

    private static readonly ImmutableSortedDictionary<string, ConvNextShape> All = new Dictionary<string, ConvNextShape>
    {
        ["convnext_atto"] = new([2, 2, 6, 2], 40),
        ["convnext_femto"] = new([2, 2, 6, 2], 48),
        ["convnext_pico"] = new([2, 2, 6, 2], 64),
        ["convnext_nano"] = new([2, 2, 8, 2], 80),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Returns the shape of a network.</summary>
    /// <param name="modelName">Its name in PyTorch Image Models.</param>
    /// <returns>Null for another network.</returns>
    public static ConvNextShape? Of(string modelName) => All.GetValueOrDefault(modelName);

    /// <summary>Channels behind a stage.</summary>
    /// <param name="stage">0 to 3.</param>
    public int Channels(int stage) => Width << stage;
}
