using System.Collections.Immutable;
using NanoDet.Data.Configuration;

namespace NanoDet.Training.Native;

/// <summary>The kernels that libtorch uses. They differ in the last bits of every sum, and on some processors one of them is wrong.</summary>
/// <param name="Instructions">The vector instructions that the kernels use.</param>
/// <param name="Order">The memory order of the feature maps after the backbone, which selects one of two families of kernels.</param>
/// <param name="UsesOneDnn">Whether oneDNN's kernels are used, or only libtorch's own, which are several times slower.</param>
/// <param name="UsesTf32">Whether convolutions and matrix products on a card round what they are given to the ten bits of TF32.</param>
public sealed record Arithmetic(InstructionSet Instructions, MemoryOrder Order = MemoryOrder.ChannelsLast, bool UsesOneDnn = true, bool UsesTf32 = false)
{
    /// <summary>The default.</summary>
    public static Arithmetic Default { get; } = new(InstructionSet.Native);

    /// <summary>
    /// The choices to try in order until one computes correctly on this machine. Each leaves out one more thing that may be wrong,
    /// the one that costs least first: the instructions beyond AVX2, then the kernels for channels last, then oneDNN.
    /// </summary>
    /// <param name="asked">The instructions that the project asks for.</param>
    /// <param name="device">The device; CUDA has neither instructions to choose from nor oneDNN.</param>
    /// <param name="precision">The precision; only oneDNN is fast in bf16, and only with instructions that AVX2 has not.</param>
    /// <param name="usesTf32">Whether a card may use TF32.</param>
    public static ImmutableArray<Arithmetic> Choices(
        InstructionSet asked, TrainingDevice device, TrainingPrecision precision = TrainingPrecision.Single, bool usesTf32 = false)
    {
        var fewest = InstructionPin.IsSupported(InstructionSet.Avx2) ? InstructionSet.Avx2 : asked;
        Arithmetic[] choices = device == TrainingDevice.Cuda || precision == TrainingPrecision.BFloat16
            ? [new(asked, UsesTf32: usesTf32), new(asked, MemoryOrder.Planar, UsesTf32: usesTf32)]
            : [new(asked), new(fewest), new(fewest, MemoryOrder.Planar), new(fewest, MemoryOrder.Planar, UsesOneDnn: false)];
        return [.. choices.Distinct()];
    }

    /// <summary>The differences from the default, in words.</summary>
    public override string ToString()
    {
        string[] words =
        [
            .. Instructions == InstructionSet.Native ? Array.Empty<string>() : [$"{Instructions.ToString().ToUpperInvariant()} instructions"],
            .. Order == MemoryOrder.ChannelsLast ? Array.Empty<string>() : ["planar maps"],
            .. UsesOneDnn ? Array.Empty<string>() : ["libtorch's own kernels"],
            .. UsesTf32 ? ["TF32"] : Array.Empty<string>(),
        ];
        return words switch
        {
            [] => "the processor's instructions",
            [.. var first, var last] when first.Length > 0 => $"{string.Join(", ", first)} and {last}",
            _ => words[0],
        };
    }
}
