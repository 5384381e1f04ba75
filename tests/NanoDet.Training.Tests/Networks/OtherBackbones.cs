using NanoDet.Data.Configuration;

namespace NanoDet.Training.Tests.Networks;

/// <summary>Backbones that no vectors of the original show, in their smallest forms.</summary>
internal static class OtherBackbones
{
    public static TheoryData<BackboneConfiguration> All { get; } =
    [
        new TimmConfiguration("convnext_atto") { OutStages = [1, 2, 3] },
    ];
}
