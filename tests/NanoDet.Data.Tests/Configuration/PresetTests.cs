using System.Collections.Immutable;
using System.Text;
using CsCheck;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Configuration;

public sealed class PresetTests
{
    private const int Coco = 118_287;
    private static readonly ConfigurationOverrides Nothing = new();

    [Theory]
    [InlineData("nanodet-plus-m_320", "nanodet-plus-m_320.yml")]
    [InlineData("nanodet-plus-m_416", "nanodet-plus-m_416.yml")]
    [InlineData("nanodet-plus-m-1.5x_320", "nanodet-plus-m-1.5x_320.yml")]
    [InlineData("nanodet-plus-m-1.5x_416", "nanodet-plus-m-1.5x_416.yml")]
    [InlineData("nanodet-m", "legacy_v0.x_configs/nanodet-m.yml")]
    [InlineData("nanodet-m-416", "legacy_v0.x_configs/nanodet-m-416.yml")]
    [InlineData("nanodet-m-0.5x", "legacy_v0.x_configs/nanodet-m-0.5x.yml")]
    [InlineData("nanodet-m-1.5x", "legacy_v0.x_configs/nanodet-m-1.5x.yml")]
    [InlineData("nanodet-m-1.5x-416", "legacy_v0.x_configs/nanodet-m-1.5x-416.yml")]
    public void A_preset_says_what_the_file_of_its_name_says(string name, string file)
    {
        var shipped = ConfigurationFile.Read(SharedData.Path($"configs/{file}")).Configuration!;
        if (shipped.Schedule.LearningRate is CosineAnnealingConfiguration cosine)
        {
            // The one difference that is meant: the cosine is the intended one.
            shipped = shipped with { Schedule = shipped.Schedule with { LearningRate = cosine with { ClosedForm = true } } };
        }

        Assert.Equal(Json(shipped), Json(Preset.Create(name, shipped.ClassNames)!));
    }

    [Fact]
    public void A_batch_that_the_project_asks_for_is_refused_if_it_is_larger_than_the_training_part()
    {
        var reading = EffectiveConfiguration.OfPreset("nanodet-plus-m_320", Classes(2), 10, Nothing with { BatchSize = 32 });

        Assert.Null(reading.Configuration);
        var diagnostic = Assert.Single(reading.Diagnostics);
        Assert.Equal(("NDB3011", DiagnosticSeverity.Error), (diagnostic.Code, diagnostic.Severity));
        Assert.Empty(EffectiveConfiguration.OfPreset("nanodet-plus-m_320", Classes(2), 3, Nothing).Diagnostics);
    }

    [Fact]
    public void Every_preset_passes_its_own_checks_on_any_number_of_images()
        => Gen.Select(Gen.Int[0, Preset.Names.Length - 1].Select(index => Preset.Names[index]), Gen.Int[1, 3000], Gen.Int[1, 90]).Sample((name, images, classes) =>
        {
            var reading = EffectiveConfiguration.OfPreset(name, Classes(classes), images, Nothing);

            Assert.Empty(reading.Diagnostics.Where(diagnostic => diagnostic.Code != "NDB3012")); // one image: one step can be all
            var configuration = reading.Configuration!;
            var stepsPerEpoch = images / configuration.BatchSize;
            var steps = stepsPerEpoch * configuration.Schedule.TotalEpochs;
            Assert.True(stepsPerEpoch >= 1, "an epoch without a step");
            Assert.InRange(configuration.Schedule.Warmup.Steps, 1, Math.Max(1, Math.Min(500, steps / 20)));
            Assert.InRange(configuration.Schedule.ValidationInterval, 1, configuration.Schedule.TotalEpochs);
            Assert.InRange(configuration.LogInterval, 1, stepsPerEpoch);
            Assert.Equal(classes, configuration.Model.Head.NumClasses);
        });

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(20, 8)]
    [InlineData(160, 8)]
    [InlineData(292, 16)]
    [InlineData(1000, 64)]
    [InlineData(1151, 64)]
    [InlineData(1152, 96)]
    [InlineData(Coco, 96)]
    public void The_batch_grows_with_the_data_up_to_the_one_of_the_preset(int images, int batch)
        => Assert.Equal(batch, Fit("nanodet-plus-m_320", images).BatchSize);

    [Fact]
    public void On_large_data_a_preset_stays_as_it_is()
        => Assert.Equal(Json(Preset.Create("nanodet-plus-m_320", Classes(80))!), Json(Fit("nanodet-plus-m_320", Coco)));

    [Theory]
    [InlineData(1, 300)]
    [InlineData(100, 52)]
    [InlineData(500, 20)]
    [InlineData(Coco, 12)]
    public void Pretrained_weights_need_few_epochs(int images, int epochs)
    {
        var schedule = Fit("nanodet-plus-m_320", images, new() { Pretrained = "weights.pth" }).Schedule;

        Assert.Equal(epochs, schedule.TotalEpochs);
        Assert.Equal(epochs, Assert.IsType<CosineAnnealingConfiguration>(schedule.LearningRate).TMax);
        Assert.Equal(7, Fit("nanodet-plus-m_320", images, new() { Pretrained = "weights.pth", Epochs = 7 }).Schedule.TotalEpochs);
    }

    [Fact]
    public void Warm_up_takes_a_twentieth_of_a_short_training()
        => Assert.Equal(10 * (160 / 8) / 20, Fit("nanodet-plus-m_320", 160, new() { Epochs = 10 }).Schedule.Warmup.Steps);

    [Fact]
    public void Settings_of_the_project_win_over_the_rules_for_small_data()
    {
        var configuration = Fit("nanodet-m", 160, new() { BatchSize = 5, LearningRate = 0.02, ValidationInterval = 3, Epochs = 28 });

        Assert.Equal((5, 0.02, 3), (configuration.BatchSize, configuration.Schedule.Optimizer.LearningRate, configuration.Schedule.ValidationInterval));
        Assert.Equal([24, 26, 27], Assert.IsType<MultiStepConfiguration>(configuration.Schedule.LearningRate).Milestones);
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_cut_to_it()
        => Assert.Equal(20, Fit("nanodet-plus-m_320", 20, new() { BatchSize = 96 }).BatchSize);

    [Fact]
    public void Plain_gradient_descent_takes_a_rate_in_proportion_to_the_batch_and_Adam_does_not()
    {
        Assert.Equal(0.14 * 8 / 192, Fit("nanodet-m", 160).Schedule.Optimizer.LearningRate, 12);
        Assert.Equal(0.14 * 12 / 192, Fit("nanodet-m", 160, new() { BatchSize = 12 }).Schedule.Optimizer.LearningRate, 12);
        Assert.Equal(0.001, Fit("nanodet-plus-m_320", 160).Schedule.Optimizer.LearningRate);
    }

    [Fact]
    public void A_preset_is_found_in_any_case_and_a_misspelt_one_is_suggested()
    {
        Assert.NotNull(Preset.Create("NanoDet-Plus-M_320", Classes(1)));

        var diagnostic = Assert.Single(EffectiveConfiguration.OfPreset("nanodet-plus_320", Classes(1), 10, Nothing).Diagnostics);
        Assert.Equal("NDB3015", diagnostic.Code);
        Assert.StartsWith("There is no preset 'nanodet-plus_320'; did you mean 'nanodet-plus-m_320'? The choices are nanodet-", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_is_one_of_the_presets() => Assert.Contains(Preset.Default, Preset.Names);

    private static NanoDetConfiguration Fit(string name, int images, ConfigurationOverrides? overrides = null)
        => SmallData.Fit(Preset.Create(name, Classes(80))!, overrides ?? Nothing, images);

    private static ImmutableArray<string> Classes(int count) => [.. Enumerable.Range(0, count).Select(index => $"class {index}")];

    private static string Json(NanoDetConfiguration configuration) => Encoding.UTF8.GetString(ConfigurationJson.Write(configuration));
}
