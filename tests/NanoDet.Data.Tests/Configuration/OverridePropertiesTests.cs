using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;

namespace NanoDet.Data.Tests.Configuration;

public sealed class OverridePropertiesTests
{
    [Fact]
    public void Every_property_arrives()
    {
        var problems = new List<Diagnostic>();
        var overrides = OverrideProperties.Read(
            new Dictionary<string, string>
            {
                ["NanoDetEpochs"] = "30",
                ["NanoDetBatchSize"] = " 4 ",
                ["NanoDetInputSize"] = "320x192",
                ["NanoDetLearningRate"] = "5e-4",
                ["NanoDetSeed"] = "-1",
                ["NanoDetPretrained"] = "my weights.pth",
                ["NanoDetBackboneWeights"] = "shufflenetv2_x1-5666bf0f80.pth",
                ["NanoDetFreeze"] = "neck; Backbone",
                ["NanoDetValidationInterval"] = "2",
                ["NanoDetEarlyStopPatience"] = "5",
                ["NanoDetMaxMinutes"] = "0.5",
                ["NanoDetGuidanceEpochs"] = "0",
                ["NanoDetProgressiveResizing"] = "True",
                ["NanoDetSomethingElse"] = "x",
            },
            problems);

        Assert.Empty(problems);
        Assert.Equal((30, 4, new InputSize(320, 192), 5e-4, -1), (overrides.Epochs, overrides.BatchSize, overrides.InputSize, overrides.LearningRate, overrides.Seed));
        Assert.Equal("shufflenetv2_x1-5666bf0f80.pth", overrides.BackboneWeights);
        Assert.Equal(("my weights.pth", 2, 5, 0.5), (overrides.Pretrained, overrides.ValidationInterval, overrides.EarlyStopPatience, overrides.MaxMinutes));
        Assert.Equal([ModelPart.Backbone, ModelPart.Neck], overrides.Freeze);
        Assert.Equal(0, overrides.GuidanceEpochs);
        Assert.True(overrides.ProgressiveResizing);
    }

    [Fact]
    public void Blank_properties_override_nothing()
    {
        var problems = new List<Diagnostic>();
        var overrides = OverrideProperties.Read(OverrideProperties.Names.ToDictionary(name => name, _ => " "), problems);

        Assert.Empty(problems);
        var preset = Preset.Create(Preset.Default, ["a"])!;
        Assert.Equal(ConfigurationJson.Write(preset), ConfigurationJson.Write(overrides.ApplyTo(preset)));
    }

    [Theory]
    [InlineData("NanoDetEpochs", "0")]
    [InlineData("NanoDetEpochs", "ten")]
    [InlineData("NanoDetBatchSize", "-1")]
    [InlineData("NanoDetInputSize", "320x")]
    [InlineData("NanoDetInputSize", "320x192x3")]
    [InlineData("NanoDetInputSize", "0")]
    [InlineData("NanoDetLearningRate", "NaN")]
    [InlineData("NanoDetLearningRate", "0,001")]
    [InlineData("NanoDetSeed", "1.5")]
    [InlineData("NanoDetFreeze", "backbone;head")]
    [InlineData("NanoDetValidationInterval", "99999999999")]
    [InlineData("NanoDetEarlyStopPatience", "0")]
    [InlineData("NanoDetMaxMinutes", "-5")]
    [InlineData("NanoDetGuidanceEpochs", "-1")]
    [InlineData("NanoDetProgressiveResizing", "0.6")]
    public void A_value_that_cannot_be_is_one_error_with_the_name_of_the_property(string name, string value)
    {
        var problems = new List<Diagnostic>();
        OverrideProperties.Read(new Dictionary<string, string> { [name] = value }, problems);

        var problem = Assert.Single(problems);
        Assert.Equal("NDB3016", problem.Code);
        Assert.StartsWith($"The property {name} must be ", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith($"but is '{value}'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_name_is_read()
        => Assert.All(OverrideProperties.Names.Where(name => name is not ("NanoDetPretrained" or "NanoDetBackboneWeights")), name =>
        {
            var problems = new List<Diagnostic>();
            OverrideProperties.Read(new Dictionary<string, string> { [name] = "?" }, problems);
            Assert.Single(problems);
        });

    [Theory]
    [InlineData("320", 320, 320)]
    [InlineData("320x192", 320, 192)]
    [InlineData("320 X 192", 320, 192)]
    public void A_size_is_one_side_or_two(string text, int width, int height)
        => Assert.Equal(new InputSize(width, height), InputSize.TryParse(text));

    [Fact]
    public void Another_number_of_epochs_stretches_the_schedule_of_a_file()
    {
        var cosine = ConfigurationFile.Parse("my.yml", SampleConfigurations.Plus).Configuration!;
        var steps = ConfigurationFile.Parse("my.yml", SampleConfigurations.Legacy).Configuration!;
        var overrides = new ConfigurationOverrides { Epochs = 20 };

        Assert.Equal(new CosineAnnealingConfiguration(20, 0.00005), overrides.ApplyTo(cosine).Schedule.LearningRate);
        Assert.Equal([17, 18, 19], Assert.IsType<MultiStepConfiguration>(overrides.ApplyTo(steps).Schedule.LearningRate).Milestones);
    }
}
