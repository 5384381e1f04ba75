using System.Text;
using CsCheck;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;

namespace NanoDet.Data.Tests.Configuration;

public sealed class ConfigurationJsonTests
{
    public static TheoryData<string> Files => [
        SampleConfigurations.Plus,
        SampleConfigurations.Legacy,
        SampleConfigurations.LegacyWithTan,
        SampleConfigurations.LegacyWithBackbone("      name: EfficientNetLite\n      model_name: efficientnet_lite1"),
        SampleConfigurations.LegacyWithBackbone("      name: RepVGG\n      arch: A0\n      last_channel: 512"),
        SampleConfigurations.LegacyWithBackbone("      name: CustomCspNet\n      net_cfg: [['Conv', 3, 32, 3, 2], ['MaxPool', 3, 2]]\n      out_stages: [0]"),
        SampleConfigurations.LegacyWithBackbone("      name: TIMMWrapper\n      model_name: convnext_nano"),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Reading_what_was_written_gives_the_same_bytes(string yml)
    {
        var written = ConfigurationJson.Write(ConfigurationFile.Parse("my.yml", yml).Configuration!);

        Assert.Equal(written, ConfigurationJson.Write(ConfigurationJson.Read("effective.json", written)));
    }

    [Fact]
    public void Every_preset_with_every_override_makes_the_round_trip()
    {
        var overrides = new ConfigurationOverrides
        {
            Epochs = 7,
            BatchSize = 3,
            InputSize = new(160, 96),
            LearningRate = 1.25e-7,
            Seed = -5,
            Pretrained = "weights ü.pth",
            BackboneWeights = "imagenet.pth",
            Freeze = [ModelPart.Backbone, ModelPart.Neck],
            ValidationInterval = 2,
            EarlyStopPatience = 4,
            MaxMinutes = 0.5,
        };
        Assert.All(Preset.Names, name =>
        {
            var configuration = EffectiveConfiguration.OfPreset(name, ["一", "b'<&"], 40, overrides).Configuration!;
            var written = ConfigurationJson.Write(configuration);
            var read = ConfigurationJson.Read("effective.json", written);

            Assert.Equal(written, ConfigurationJson.Write(read));
            Assert.Equal(configuration.ClassNames, read.ClassNames);
            Assert.Equal((7, "weights ü.pth", 4, 0.5), (read.Schedule.TotalEpochs, read.Schedule.LoadModel, read.Schedule.EarlyStopPatience, read.Schedule.MaxMinutes));
            Assert.Equal("imagenet.pth", read.Schedule.BackboneWeights);
            Assert.Equal([ModelPart.Backbone, ModelPart.Neck], read.Schedule.Freeze);
            Assert.Equal((160, 96, -5, 3), (read.Train.Width, read.Validation.Height, read.Seed, read.BatchSize));
        });
    }

    [Fact]
    public void The_text_is_the_same_on_every_system_and_readable()
    {
        var text = Encoding.UTF8.GetString(ConfigurationJson.Write(Preset.Create("nanodet-plus-m_320", ["Löwe"])!));

        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.Contains("\"Löwe\"", text, StringComparison.Ordinal);
        Assert.Contains("\"kind\": \"ShuffleNetV2\",\n", text, StringComparison.Ordinal);
        Assert.Contains("\"learningRate\": 0.001,\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"unknown\": 1}")]
    [InlineData("{\"model\": null}")]
    public void What_is_no_effective_configuration_is_one_error(string text)
        => Assert.Equal("NDB3018", Refusal(Encoding.UTF8.GetBytes(text)).Code);

    [Fact]
    public void A_file_that_is_cut_or_damaged_is_one_error()
    {
        var whole = ConfigurationJson.Write(Preset.Create("nanodet-plus-m-0.5x_160", ["a", "b"])!);
        Gen.Int[0, whole.Length - 2].Sample(length => Assert.Equal("NDB3018", Refusal(whole[..length]).Code));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var damaged = whole.ToArray();
            damaged[at] = value;
            try
            {
                ConfigurationJson.Read("effective.json", damaged);
            }
            catch (NanoDetException exception)
            {
                Assert.Equal("NDB3018", exception.Diagnostic.Code);
            }
        });
    }

    private static Diagnostic Refusal(byte[] content)
        => Assert.Throws<NanoDetException>(() => ConfigurationJson.Read("effective.json", content)).Diagnostic;
}
