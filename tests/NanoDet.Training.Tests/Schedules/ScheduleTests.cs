using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using NanoDet.Data.Configuration;
using NanoDet.Testing;
using NanoDet.Training.Schedules;

namespace NanoDet.Training.Tests.Schedules;

public sealed class ScheduleTests
{
    [Fact]
    public void Every_learning_rate_is_the_original_s()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("golden/schedules.json")));
        foreach (var entry in golden.RootElement.EnumerateArray())
        {
            var schedule = new LearningRateSchedule(Warmup(entry), Rule(entry), entry.GetProperty("ipe").GetInt32());
            var rates = entry.GetProperty("learningRates").EnumerateArray().Select(rate => rate.GetDouble()).ToArray();
            Assert.All(rates, (rate, step) => Assert.Equal(rate, schedule.At(entry.GetProperty("lr").GetDouble(), step), 1e-6 * rate));
        }
    }

    [Fact]
    public void Every_weight_of_the_moving_average_is_the_original_s()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("golden/ema.json")));
        Assert.All(golden.RootElement.EnumerateArray(), entry => Assert.Equal(
            entry.GetProperty("newWeight").GetDouble(), MovingAverageSchedule.NewWeight(0.9998, 2000, entry.GetProperty("iteration").GetInt64()), 1e-6));
    }

    [Fact]
    public void The_cosine_falls_from_the_base_to_its_end_in_both_forms_alike()
        => Gen.Select(Gen.Int[1, 50], Gen.Int[2, 60], Gen.Double[1e-4, 1]).Sample((stepsPerEpoch, epochs, rate) =>
        {
            var noWarmup = new WarmupConfiguration(WarmupKind.Linear, 0, 0.1);
            var chained = new LearningRateSchedule(noWarmup, new CosineAnnealingConfiguration(epochs, rate / 20), stepsPerEpoch);
            var closed = chained with { Rule = new CosineAnnealingConfiguration(epochs, rate / 20) { ClosedForm = true } };

            Assert.Equal(rate, closed.At(rate, 0), 1e-12);
            Assert.Equal(rate / 20, closed.At(rate, (long)epochs * stepsPerEpoch), 1e-12);
            for (var step = 0L; step < (long)epochs * stepsPerEpoch; step++)
            {
                Assert.Equal(closed.At(rate, step), chained.At(rate, step), 1e-9);
            }
        }, iter: 30);

    [Fact]
    public void A_long_warm_up_distorts_the_chained_cosine_and_not_the_closed_one()
    {
        var warmup = new WarmupConfiguration(WarmupKind.Linear, 500, 1e-4);
        var chained = new LearningRateSchedule(warmup, new CosineAnnealingConfiguration(300, 5e-5), 2);
        var closed = chained with { Rule = new CosineAnnealingConfiguration(300, 5e-5) { ClosedForm = true } };

        Assert.InRange(chained.At(1e-3, 502) / closed.At(1e-3, 502), 5, 10);
        Assert.Equal(5e-5 + ((1e-3 - 5e-5) * (1 + Math.Cos(Math.PI * 299 / 300)) / 2), closed.At(1e-3, 599), 1e-12);
    }

    /// <summary>The rates of PyTorch 2.10's schedulers from a base of 1, one an epoch.</summary>
    public static TheoryData<LearningRateConfiguration, double[]> Rates { get; } = new()
    {
        { new StepConfiguration(2, 0.5), [1, 1, 0.5, 0.5, 0.25, 0.25, 0.125] },
        { new ExponentialConfiguration(0.5), [1, 0.5, 0.25, 0.125, 0.0625] },
        { new ConstantConfiguration(0.25, 3), [0.25, 0.25, 0.25, 1, 1] },
        { new LinearConfiguration(0.5, 1, 4), [0.5, 0.625, 0.75, 0.875, 1, 1, 1] },
        { new PolynomialConfiguration(4, 1), [1, 0.75, 0.5, 0.25, 0, 0, 0] },
        { new PolynomialConfiguration(4, 2), [1, 0.5625, 0.25, 0.0625, 0, 0] },
        { new WarmRestartsConfiguration(2, 1, 0), [1, 0.5, 1, 0.5, 1, 0.5] },
        { new WarmRestartsConfiguration(2, 2, 0.2), [1, 0.6, 1, 0.2 + (0.4 * (1 + Math.Sqrt(0.5))), 0.6, 0.2 + (0.4 * (1 - Math.Sqrt(0.5))), 1] },
    };

    [Theory]
    [MemberData(nameof(Rates))]
    public void Every_other_schedule_of_PyTorch_has_its_rates(LearningRateConfiguration rule, double[] rates)
    {
        var schedule = new LearningRateSchedule(new WarmupConfiguration(WarmupKind.Linear, 0, 0.1), rule, 3);
        Assert.All(rates, (rate, epoch) => Assert.All([0, 1, 2], step => Assert.Equal(rate, schedule.At(1, (epoch * 3) + step), 1e-12)));
    }

    [Theory]
    [InlineData(WarmupKind.Constant, 0.1, 0.1)]
    [InlineData(WarmupKind.Linear, 0.1, 0.55)]
    [InlineData(WarmupKind.Exponential, 0.1, 0.31622776601683794)]
    public void Warm_up_rises_from_its_ratio(WarmupKind kind, double first, double half)
    {
        var schedule = new LearningRateSchedule(new WarmupConfiguration(kind, 100, 0.1), new MultiStepConfiguration([1], 0.5), 1000);

        Assert.Equal(first, schedule.At(1, 0), 1e-12);
        Assert.Equal(half, schedule.At(1, 50), 1e-12);
    }

    [Fact]
    public void After_the_warm_up_the_rate_is_the_base_s_and_then_the_rule_s()
    {
        var schedule = new LearningRateSchedule(new WarmupConfiguration(WarmupKind.Linear, 100, 0.1), new MultiStepConfiguration([1, 3], 0.5), 1000);

        Assert.Equal([1, 1, 0.5, 0.5, 0.25], new long[] { 101, 999, 1000, 2999, 3000 }.Select(step => schedule.At(1, step)));
    }

    private static WarmupConfiguration Warmup(JsonElement entry)
    {
        var kind = entry.GetProperty("kind").GetString() switch
        {
            "linear" => WarmupKind.Linear,
            "exp" => WarmupKind.Exponential,
            _ => WarmupKind.Constant,
        };
        return new WarmupConfiguration(kind, entry.GetProperty("warm").GetInt32(), entry.GetProperty("ratio").GetDouble());
    }

    private static LearningRateConfiguration Rule(JsonElement entry)
    {
        var settings = entry.GetProperty("kw");
        return entry.GetProperty("sched").GetString() == "CosineAnnealingLR"
            ? new CosineAnnealingConfiguration(settings.GetProperty("T_max").GetInt32(), settings.GetProperty("eta_min").GetDouble())
            : new MultiStepConfiguration(
                settings.GetProperty("milestones").EnumerateArray().Select(epoch => epoch.GetInt32()).ToImmutableArray(), settings.GetProperty("gamma").GetDouble());
    }
}
