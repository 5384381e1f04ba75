using NanoDet.Data.Configuration;
using NanoDet.Training.Models;
using NanoDet.Training.Models.Backbones;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Networks;

/// <summary>Backbones without vectors of the original, compared with what their authors and torchvision publish: parameters and names.</summary>
public class PublishedBackboneTests
{
    private const int Classes = 1000;

    /// <summary>torchvision's numbers, which have a classifier more.</summary>
    [Theory]
    [InlineData(18, 11_689_512)]
    [InlineData(34, 21_797_672)]
    [InlineData(50, 25_557_032)]
    [InlineData(101, 44_549_160)]
    [InlineData(152, 60_192_808)]
    public void ResNet_has_as_many_parameters_as_torchvision_s(int depth, long published)
    {
        LibTorch.Load();
        using var backbone = new ResNet(new ResNetConfiguration(depth));

        Assert.Equal(published, Parameters(backbone) + ((backbone.OutChannels[^1] + 1) * Classes));
    }

    [Fact]
    public void MobileNetV2_has_as_many_parameters_as_torchvision_s()
    {
        LibTorch.Load();
        using var backbone = new MobileNetV2(new MobileNetV2Configuration());

        Assert.Equal(3_504_872, Parameters(backbone) + (1281 * Classes));
    }

    /// <summary>In millions, as its authors publish it, with a convolution and a classifier more.</summary>
    [Fact]
    public void GhostNet_has_as_many_parameters_as_published()
    {
        LibTorch.Load();
        using var backbone = new GhostNet(new GhostNetConfiguration { OutStages = [4, 6, 9] });

        Assert.Equal(5.18, (Parameters(backbone) + (961 * 1280) + (1281 * Classes)) / 1e6, 0.005);
    }

    [Fact]
    public void Names_are_those_of_the_published_weights()
    {
        LibTorch.Load();
        using var resNet = new ResNet(new ResNetConfiguration(50));
        using var mobileNet = new MobileNetV2(new MobileNetV2Configuration());
        using var ghostNet = new GhostNet(new GhostNetConfiguration());

        var names = new[] { (nn.Module)resNet, mobileNet, ghostNet }.Select(backbone => StateDict.Of(backbone).ToDictionary()).ToArray();

        Assert.Equal([64, 3, 7, 7], names[0]["conv1.weight"].shape);
        Assert.Equal([512, 512, 3, 3], names[0]["layer4.2.conv2.weight"].shape);
        Assert.Equal([256, 64, 1, 1], names[0]["layer1.0.downsample.0.weight"].shape);
        Assert.Equal([2048], names[0]["layer4.0.downsample.1.running_var"].shape);
        Assert.Equal([32, 3, 3, 3], names[1]["first_layer.0.weight"].shape);
        Assert.Equal([16, 32, 1, 1], names[1]["stage0.0.conv.1.weight"].shape);
        Assert.Equal([144, 1, 3, 3], names[1]["stage1.1.conv.1.0.weight"].shape);
        Assert.Equal([1280, 320, 1, 1], names[1]["stage6.1.0.weight"].shape);
        Assert.Equal([16, 3, 3, 3], names[2]["conv_stem.weight"].shape);
        Assert.Equal([20, 72, 1, 1], names[2]["blocks.3.0.se.conv_reduce.weight"].shape);
        Assert.Equal([80, 1, 3, 3], names[2]["blocks.6.3.shortcut.0.weight"].shape);
        Assert.Equal([960, 160, 1, 1], names[2]["blocks.9.0.conv.weight"].shape);
    }

    private static long Parameters(nn.Module module) => module.parameters().Sum(parameter => parameter.numel());
}
