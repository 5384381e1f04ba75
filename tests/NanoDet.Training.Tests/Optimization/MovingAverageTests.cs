using NanoDet.Data.Configuration;
using NanoDet.Training.Native;
using NanoDet.Training.Optimization;
using NanoDet.Training.Schedules;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Optimization;

public sealed class MovingAverageTests
{
    private static readonly AdamWConfiguration Configuration = new() { LearningRate = 1 };

    public MovingAverageTests() => LibTorch.Load();

    [Fact]
    public void Parameters_and_buffers_are_averaged_and_counts_are_the_newest()
    {
        using var norm = nn.BatchNorm2d(2);
        using var weights = new FlatModule(norm, ParameterSetting.Of(norm, Configuration));
        using var average = new MovingAverage<BatchNorm2d>(weights, nn.BatchNorm2d(2), 0.9998, 2000);
        norm.forward(randn(4, 2, 3, 3)).Dispose();
        using (no_grad())
        {
            norm.weight!.fill_(3);
        }

        average.Update(1000);

        var weight = MovingAverageSchedule.NewWeight(0.9998, 2000, 1000);
        Assert.Equal(1 + (weight * 2), average.Module.weight!.data<float>()[0], 1e-5);
        Assert.Equal(weight * norm.running_mean!.data<float>()[0], average.Module.running_mean!.data<float>()[0], 1e-5);
        Assert.Equal(1, average.Module.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void It_begins_with_the_weights_as_they_are_and_leaves_them_to_the_bit_while_they_do_not_change()
    {
        using var layer = nn.Linear(16, 16);
        using var weights = new FlatModule(layer, ParameterSetting.Of(layer, Configuration));
        using var average = new MovingAverage<Linear>(weights, nn.Linear(16, 16), 0.9998, 2000);
        for (var step = 0; step < 50; step++)
        {
            average.Update(step);
        }

        Assert.Equal(layer.weight!.data<float>().ToArray(), average.Module.weight!.data<float>().ToArray());
    }
}
