using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Incremental;

namespace NanoDet.Pipeline.Tests.Incremental;

public sealed class WarmStartTests
{
    [Fact]
    public void A_fifth_of_the_steps_at_half_of_the_rate_ends_at_the_same_floor()
    {
        var scratch = Preset.Create("nanodet-plus-m_320", ["bolt"])! with { BatchSize = 8 };

        var warm = WarmStart.Configure(scratch, images: 160, visits: 160);

        Assert.Equal((300, 60), (scratch.Schedule.TotalEpochs, warm.Schedule.TotalEpochs));
        Assert.Equal(scratch.Schedule.Optimizer.LearningRate / 2, warm.Schedule.Optimizer.LearningRate);
        Assert.Equal(new CosineAnnealingConfiguration(60, 0.00005) { ClosedForm = true }, warm.Schedule.LearningRate);
    }

    [Fact]
    public void Every_epoch_has_the_full_size()
    {
        var scratch = Preset.Create("nanodet-plus-m_320", ["bolt"])! with { BatchSize = 8 };

        Assert.Equal(
            scratch.Train, WarmStart.Configure(scratch with { Train = scratch.Train with { ProgressiveResizing = new(200, 192, 192) } }, images: 160, visits: 160).Train);
    }

    [Theory]
    [InlineData("nanodet-plus-m_320", null, 0)]
    [InlineData("nanodet-plus-m_320", 75, 0)]
    [InlineData("nanodet-m", null, null)]
    public void There_is_no_guidance_module(string preset, int? epochs, int? expected)
    {
        var scratch = Preset.Create(preset, ["bolt"])! with { BatchSize = 8 };

        Assert.Equal(expected, WarmStart.Configure(scratch with { Model = scratch.Model with { GuidanceEpochs = epochs } }, images: 160, visits: 160).Model.GuidanceEpochs);
    }

    [Theory]
    [InlineData(1, 8, 0)]
    [InlineData(1, 24, 1)]
    [InlineData(20, 80, 20)]
    [InlineData(300, 160, 500)]
    public void The_rate_rises_from_nearly_nothing_over_half_of_the_steps_and_at_most_the_usual_five_hundred(int epochs, int images, int expected)
    {
        var scratch = Preset.Create("nanodet-plus-m_320", ["bolt"])! with { BatchSize = 8 };

        var warm = WarmStart.Configure(scratch with { Schedule = scratch.Schedule with { TotalEpochs = epochs } }, images, visits: images);

        Assert.Equal(new WarmupConfiguration(WarmupKind.Linear, expected, 0.001), warm.Schedule.Warmup);
    }

    [Fact]
    public void The_average_follows_all_steps_where_there_is_one()
    {
        var scratch = Preset.Create("nanodet-plus-m_320", ["bolt"])! with { BatchSize = 8 };

        var warm = WarmStart.Configure(scratch, images: 160, visits: 160).Model;

        Assert.Equal(1 - (1.0 / 1200), warm.MovingAverageDecay!.Value, 12);
        Assert.Equal(1, warm.MovingAverageSettling);
        Assert.Equal(0, WarmStart.Configure(scratch with { Schedule = scratch.Schedule with { TotalEpochs = 1 } }, images: 8, visits: 8).Model.MovingAverageDecay);
        Assert.Null(WarmStart.Configure(Preset.Create("nanodet-m", ["bolt"])!, images: 160, visits: 160).Model.MovingAverageDecay);
    }

    [Fact]
    public void A_falling_staircase_becomes_a_cosine_to_its_last_stair()
    {
        var scratch = Preset.Create("nanodet-m", ["bolt"])!;

        var rate = Assert.IsType<CosineAnnealingConfiguration>(WarmStart.Configure(scratch, images: 1, visits: 1).Schedule.LearningRate);

        Assert.Equal(scratch.Schedule.Optimizer.LearningRate / 1000, rate.EtaMin, 12);
    }

    [Theory]
    [InlineData(1, 100, 1)]
    [InlineData(12, 100, 2)]
    [InlineData(20, 100, 4)]
    [InlineData(26, 100, 5)]
    [InlineData(30, 150, 4)]
    [InlineData(30, 200, 3)]
    public void Its_epochs_are_fewer_the_more_images_they_see_twice_and_some_all_the_same(int epochs, int visits, int expected)
        => Assert.Equal(expected, WarmStart.Epochs(epochs, images: 100, visits));

    [Fact]
    public void What_is_new_or_changed_is_seen_twice_as_often_and_nothing_less_often()
    {
        var dataset = new Dataset(["bolt"], [Image("a"), Image("b") with { Weight = 0.5 }, Image("c"), Image("a") with { Part = DatasetPart.Validation }]);
        var lineage = new TrainingLineage { Way = TrainingWay.FineTune, Reason = "", Added = [new("a.png", "a")], Changed = [new("b.png", "b")] };

        Assert.Equal([2, 1, 1, 1], WarmStart.Emphasize(dataset, lineage).Images.Select(image => image.Weight));
    }

    private static DatasetImage Image(string hash) => new($"{hash}.png", hash, 8, 8, DatasetPart.Train, []);
}
