using NanoDet.Data.Configuration;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Configuration;

public sealed class GuidanceEpochsTests
{
    [Theory]
    [InlineData("nanodet-plus-m_320", true, null, null, 13)]
    [InlineData("nanodet-plus-m_320", true, 5, null, 1)]
    [InlineData("nanodet-plus-m_320", true, null, 7, 7)]
    [InlineData("nanodet-plus-m_320", false, null, null, null)]
    [InlineData("nanodet-plus-m_320", true, null, 51, 51)]
    [InlineData("nanodet-plus-m_320", true, null, 52, null)]
    [InlineData("nanodet-plus-m_320", true, 5, 7, null)]
    [InlineData("nanodet-plus-m_320", true, 3, null, 0)]
    [InlineData("nanodet-plus-m_320", false, null, 7, 7)]
    [InlineData("nanodet-m", true, null, null, null)]
    [InlineData("nanodet-m", true, null, 7, null)]
    public void Pretrained_weights_of_a_preset_need_it_for_a_quarter_of_the_epochs(string preset, bool isPretrained, int? epochs, int? wanted, int? expected)
    {
        var overrides = new ConfigurationOverrides { Pretrained = isPretrained ? "weights.pth" : null, Epochs = epochs, GuidanceEpochs = wanted };

        Assert.Equal(expected, EffectiveConfiguration.OfPreset(preset, ["a"], 100, overrides).Configuration!.Model.GuidanceEpochs);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void A_file_has_all_epochs_unless_the_project_says_otherwise(int? wanted)
    {
        using var folder = new TestFolder();
        folder.Write("a.yml", SampleConfigurations.Plus);

        var configuration = EffectiveConfiguration.OfFile(folder["a.yml"], ["red cell", "white"], 1000, new() { Pretrained = "weights.pth", GuidanceEpochs = wanted }).Configuration!;

        Assert.Equal(wanted, configuration.Model.GuidanceEpochs);
        Assert.Equal(wanted, ConfigurationJson.Read("a", ConfigurationJson.Write(configuration)).Model.GuidanceEpochs);
    }
}
