using NanoDet.Data.Configuration;
using NanoDet.Training.Models;
using NanoDet.Training.Models.Backbones;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using NanoDet.Training.Optimization;
using NanoDet.Training.Tests.Loop;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Networks;

public class ConvNextTests
{
    private const int Classes = 1000;

    /// <summary>In millions, as PyTorch Image Models publishes them; they have a normalisation and a classifier more.</summary>
    [Theory]
    [InlineData("convnext_atto", 3.70)]
    [InlineData("convnext_femto", 5.22)]
    [InlineData("convnext_pico", 9.05)]
    [InlineData("convnext_nano", 15.59)]
    public void It_has_as_many_parameters_as_published(string name, double millions)
    {
        using var backbone = Backbone(name, [1, 2, 3]);
        var channels = backbone.OutChannels[^1];

        var published = backbone.parameters().Sum(parameter => parameter.numel()) + (2 * channels) + ((channels + 1) * Classes);

        Assert.Equal(millions, published / 1e6, 0.005);
    }

    [Fact]
    public void Names_are_those_of_PyTorch_Image_Models_where_only_feature_maps_are_asked_for()
    {
        using var backbone = Backbone("convnext_nano", [1, 2, 3]);
        string[] block = ["gamma", "conv_dw.weight", "conv_dw.bias", "norm.weight", "norm.bias", "mlp.fc1.weight", "mlp.fc1.bias", "mlp.fc2.weight", "mlp.fc2.bias"];

        var names = StateDict.Of(backbone).Select(entry => entry.Key).ToArray();

        Assert.Equal(
            ["timm.stem_0.weight", "timm.stem_0.bias", "timm.stem_1.weight", "timm.stem_1.bias", .. block.Select(name => $"timm.stages_0.blocks.0.{name}")],
            names[..13]);
        Assert.Equal(
            new[] { "0.weight", "0.bias", "1.weight", "1.bias" }.Select(name => $"timm.stages_1.downsample.{name}"),
            names.Where(name => name.StartsWith("timm.stages_1.downsample", StringComparison.Ordinal)));
        Assert.Equal(4 + (14 * 9) + (3 * 4), names.Length);
        Assert.Equal([640, 320, 2, 2], StateDict.Of(backbone).ToDictionary()["timm.stages_3.downsample.1.weight"].shape);
    }

    [Fact]
    public void Stages_behind_the_last_output_are_left_out_as_in_the_original()
    {
        using var backbone = Backbone("convnext_atto", [0, 1, 2]);

        Assert.DoesNotContain(StateDict.Of(backbone), entry => entry.Key.Contains("stages_3", StringComparison.Ordinal));
        Assert.Equal([40, 80, 160], backbone.OutChannels);
    }

    [Fact]
    public void Each_pixel_is_normalised_in_both_memory_orders()
    {
        LibTorch.Load();
        using var scope = NewDisposeScope();
        using var norm = new ChannelNorm(8);
        var maps = (arange(2 * 8 * 3 * 5).reshape(2, 8, 3, 5) * 0.7).sin() + 3;

        var (planar, last) = (norm.call(maps), norm.call(ChannelsLast.Of(maps)));

        Assert.True(planar.is_contiguous() && last.permute(0, 2, 3, 1).is_contiguous());
        Assert.InRange((planar - last).abs().max().item<float>(), 0, 1e-6);
        Assert.InRange(planar.mean([1]).abs().max().item<float>(), 0, 1e-5);
        Assert.InRange((planar.square().mean([1]) - 1).abs().max().item<float>(), 0, 1e-4);
    }

    [Fact]
    public void Norms_have_no_decay_where_the_file_says_so()
    {
        using var network = NetworkFactory.Create(SmallTraining.With(new TimmConfiguration("convnext_atto") { OutStages = [1, 2, 3] }, epochs: 1).Model, seed: 1);

        var settings = ParameterSetting.Of(network, new AdamWConfiguration { LearningRate = 1e-3, WeightDecay = 0.05, NoNormDecay = true }).ToDictionary(setting => setting.Name, setting => setting.WeightDecay);

        Assert.Equal((0, 0, 0.05, 0.05), (settings["backbone.timm.stem_1.weight"], settings["backbone.timm.stages_1.downsample.0.bias"],
            settings["backbone.timm.stages_0.blocks.0.gamma"], settings["backbone.timm.stages_0.blocks.0.mlp.fc1.weight"]));
    }

    private static ConvNext Backbone(string name, int[] stages)
    {
        LibTorch.Load();
        return new ConvNext(new TimmConfiguration(name) { OutStages = [.. stages] });
    }
}
