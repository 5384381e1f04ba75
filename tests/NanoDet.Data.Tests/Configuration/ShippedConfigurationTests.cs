using NanoDet.Data.Configuration;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Configuration;

public sealed class ShippedConfigurationTests
{
    private static readonly string[] Files =
    [
        "convnext/nanodet-plus_convnext-nano_640.yml",
        "legacy_v0.x_configs/EfficientNet-Lite/nanodet-EfficientNet-Lite0_320.yml",
        "legacy_v0.x_configs/EfficientNet-Lite/nanodet-EfficientNet-Lite1_416.yml",
        "legacy_v0.x_configs/EfficientNet-Lite/nanodet-EfficientNet-Lite2_512.yml",
        "legacy_v0.x_configs/RepVGG/nanodet-RepVGG-A0_416.yml",
        "legacy_v0.x_configs/Transformer/nanodet-t.yml",
        "legacy_v0.x_configs/nanodet-g.yml",
        "legacy_v0.x_configs/nanodet-m-0.5x.yml",
        "legacy_v0.x_configs/nanodet-m-1.5x-416.yml",
        "legacy_v0.x_configs/nanodet-m-1.5x.yml",
        "legacy_v0.x_configs/nanodet-m-416.yml",
        "legacy_v0.x_configs/nanodet-m.yml",
        "nanodet-plus-m-1.5x_320.yml",
        "nanodet-plus-m-1.5x_416.yml",
        "nanodet-plus-m_320.yml",
        "nanodet-plus-m_416-yolo.yml",
        "nanodet-plus-m_416.yml",
        "nanodet_custom_xml_dataset.yml",
    ];

    public static TheoryData<string> All => [.. Files];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_file_that_NanoDet_ships_is_understood(string file)
    {
        var reading = ConfigurationFile.Read(SharedData.Path($"configs/{file}"));

        Assert.Empty(reading.Diagnostics);
        Assert.NotNull(reading.Configuration);
    }

    [Fact]
    public void No_shipped_file_is_left_out()
    {
        var root = SharedData.Path("configs");

        Assert.Equal(
            Files.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(root, "*.yml", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NanoDet_g_has_its_own_backbone_written_out()
    {
        var configuration = Read("legacy_v0.x_configs/nanodet-g.yml");

        var backbone = Assert.IsType<CustomCspNetConfiguration>(configuration.Model.Backbone);
        Assert.Equal(["Conv", "MaxPool", "CspBlock", "CspBlock", "CspBlock", "CspBlock"], backbone.Layers.Select(layer => layer.Kind));
        Assert.Equal([3, 32, 3, 2], backbone.Layers[0].Arguments);
        Assert.Equal([3, 4, 5], backbone.OutStages);
        var head = Assert.IsType<NanoDetHeadConfiguration>(configuration.Model.Head);
        Assert.True(head.PlainConvolutions);
        Assert.Equal((10, 8, 1, true), (head.RegMax, head.OctaveBaseScale, head.StackedConvs, head.ShareClsReg));
    }

    [Fact]
    public void The_resume_key_of_NanoDet_t_is_seen_although_it_is_empty()
    {
        var configuration = Read("legacy_v0.x_configs/Transformer/nanodet-t.yml");

        Assert.True(configuration.Schedule.Resume);
        Assert.Equal([20, 20], Assert.IsType<TanConfiguration>(configuration.Model.Neck).FeatureSize);
    }

    [Fact]
    public void The_ConvNeXt_file_keeps_its_factors_for_the_backbone()
    {
        var configuration = Read("convnext/nanodet-plus_convnext-nano_640.yml");

        Assert.Equal("convnext_nano", Assert.IsType<TimmConfiguration>(configuration.Model.Backbone).ModelName);
        Assert.True(configuration.Schedule.Optimizer.NoNormDecay);
        Assert.Equal([new ParameterLevel("backbone", 0.1)], configuration.Schedule.Optimizer.ParameterLevels);
        Assert.Equal([0, 1, 2, 3], configuration.Devices);
    }

    private static NanoDetConfiguration Read(string file) => ConfigurationFile.Read(SharedData.Path($"configs/{file}")).Configuration!;
}
