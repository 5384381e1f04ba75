using NanoDet.Data.Configuration;

namespace NanoDet.Training.Tests.Networks;

/// <summary>Backbones that no vectors of the original show, in their smallest forms.</summary>
internal static class OtherBackbones
{
    public static TheoryData<BackboneConfiguration> All { get; } =
    [
        new TimmConfiguration("convnext_atto") { OutStages = [1, 2, 3] },
        new ResNetConfiguration(18),
        new ResNetConfiguration(50) { Activation = Activation.LeakyReLU },
        new MobileNetV2Configuration { WidthMultiplier = 0.5, OutStages = [2, 4, 6], LastChannel = 96, Activation = Activation.ReLU6 },
        new GhostNetConfiguration { WidthMultiplier = 0.5, OutStages = [4, 6, 9] },
    ];
}
