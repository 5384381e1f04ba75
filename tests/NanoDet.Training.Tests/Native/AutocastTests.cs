using NanoDet.Data.Configuration;
using NanoDet.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Native;

public class AutocastTests
{
    public AutocastTests() => LibTorch.Load();

    [Fact]
    public void Convolutions_of_this_thread_compute_in_bf16_until_it_ends_but_for_those_that_are_excepted()
    {
        using var scope = NewDisposeScope();
        using var dense = nn.Conv2d(4, 4, 1);
        using var depthwise = nn.Conv2d(4, 4, 3, groups: 4);
        var inside = new List<ScalarType>();
        Autocast.Except(depthwise, layer => layer.register_forward_hook((_, input, output) =>
        {
            inside.AddRange([input.dtype, output.dtype]);
            return output;
        }));
        var maps = ones(1, 4, 5, 5);

        using (Autocast.Begin(TrainingPrecision.BFloat16, DeviceType.CPU))
        {
            Assert.Equal(ScalarType.BFloat16, dense.call(maps).dtype);
            Assert.Equal(ScalarType.BFloat16, depthwise.call(dense.call(maps)).dtype);
            Assert.Equal([ScalarType.Float32, ScalarType.Float32], inside);
            Assert.Equal(ScalarType.BFloat16, dense.call(maps).dtype);
            var other = ScalarType.BFloat16;
            var thread = new Thread(() => other = dense.call(maps).dtype);
            thread.Start();
            thread.Join();
            Assert.Equal(ScalarType.Float32, other);
        }

        Assert.Equal(ScalarType.Float32, dense.call(maps).dtype);
        Assert.Equal(ScalarType.Float32, depthwise.call(maps).dtype);
        Assert.Null(Autocast.Begin(TrainingPrecision.Single, DeviceType.CPU));
    }
}
