using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models;
using NanoDet.Training.Models.Layers.Attention;
using NanoDet.Training.Networks;
using NanoDet.Training.Tests.Loop;
using TorchSharp;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Networks;

public class NetworkFactoryTests
{
    private static readonly ModelConfiguration Plus = NetworkConfigurations.Plus("0.5x", [48, 96, 192], 32);
    private static readonly ModelConfiguration Legacy = NetworkConfigurations.Legacy("0.5x", [48, 96, 192], 32);

    [Fact]
    public void A_picture_that_is_not_square_gives_one_row_a_prior()
    {
        using var network = NetworkFactory.Create(Plus, seed: 1);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        network.eval();

        var predictions = network.call(zeros(2, 3, 192, 320));

        Assert.Equal([2, (24 * 40) + (12 * 20) + (6 * 10) + (3 * 5), 3 + 32], predictions.shape);
    }

    [Fact]
    public void The_seed_alone_decides_the_fresh_weights()
    {
        using var first = NetworkFactory.Create(Plus, seed: 1);
        using var again = NetworkFactory.Create(Plus, seed: 1);
        using var other = NetworkFactory.Create(Plus, seed: 2);

        Assert.All(StateDict.Of(first).Zip(StateDict.Of(again)), pair => Assert.True(pair.First.Value.Equals(pair.Second.Value)));
        Assert.False(StateDict.Of(first)[0].Value.Equals(StateDict.Of(other)[0].Value));
    }

    [Fact]
    public void A_part_that_is_left_out_changes_no_other_part()
    {
        using var plus = NetworkFactory.Create(Plus, seed: 1);
        using var legacy = NetworkFactory.Create(Legacy, seed: 1);

        Assert.All(
            StateDict.Of(plus.Backbone).Zip(StateDict.Of(legacy.Backbone)), pair => Assert.True(pair.First.Value.Equals(pair.Second.Value)));
    }

    [Fact]
    public void Fresh_weights_have_the_original_s_distributions()
    {
        using var network = (NanoDetPlus)NetworkFactory.Create(Plus, seed: 1);
        using var scope = NewDisposeScope();
        var weights = StateDict.Of(network).ToDictionary();

        Assert.Equal(1.0 / 96, weights["backbone.stage4.1.branch2.0.weight"].std().item<float>(), 1e-3);
        Assert.Equal(1e-4, weights["backbone.conv1.1.bias"].max().item<float>(), 1e-9);
        Assert.Equal(Math.Sqrt(2.0 / 32), weights["fpn.reduce_layers.2.conv.weight"].std().item<float>(), 1e-2);
        Assert.Equal(0.01, weights["aux_head.cls_convs.0.conv.weight"].std().item<float>(), 1e-4);
        Assert.Equal(-4.595, weights["head.gfl_cls.0.bias"].max().item<float>(), 1e-5);
        Assert.Equal(-4.595, weights["head.gfl_cls.0.bias"].min().item<float>(), 1e-5);
        Assert.Equal(-4.595, weights["aux_head.gfl_cls.bias"].mean().item<float>(), 1e-5);
        Assert.Equal(0, weights["aux_head.gfl_reg.bias"].abs().max().item<float>());
        Assert.All(
            StateDict.Of(network.Neck).Zip(StateDict.Of(network.AuxiliaryNeck)), pair => Assert.True(pair.First.Value.Equals(pair.Second.Value)));
    }

    [Fact]
    public void EfficientNet_Lite_leaves_blocks_out_of_some_pictures_in_training_and_the_key_decides_of_which()
    {
        using var network = NetworkFactory.Create(SmallTraining.With(new EfficientNetLiteConfiguration("efficientnet_lite0") { OutStages = [2, 4, 6] }, 1).Model, seed: 1);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var pictures = arange(2 * 3 * 64 * 64).reshape(2, 3, 64, 64).sin();

        Assert.True(Maps(1).Equals(Maps(1)));
        Assert.False(Maps(1).Equals(Maps(2)));
        network.eval();
        Assert.True(Maps(1).Equals(Maps(2)));

        Tensor Maps(ulong key)
        {
            network.RandomKey = key;
            return network.Backbone.call(pictures)[^1];
        }
    }

    [Fact]
    public void Attention_drops_numbers_in_training_and_the_key_decides_which()
    {
        using var network = NetworkFactory.Create(SmallTraining.WithAttention(1).Model, seed: 1);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        Tensor[] maps = [.. new[] { (48, 8), (96, 4), (192, 2) }.Select(map => arange(2 * map.Item1 * map.Item2 * map.Item2).reshape(2, map.Item1, map.Item2, map.Item2).sin())];

        Assert.True(Middle(1).Equals(Middle(1)));
        Assert.False(Middle(1).Equals(Middle(2)));
        var dropped = (Middle(1) - Middle(2)).abs().mean().item<float>();
        network.eval();
        Assert.True(Middle(1).Equals(Middle(2)));
        Assert.InRange(dropped, 1e-4, 1);

        Tensor Middle(ulong key)
        {
            network.RandomKey = key;
            return network.Neck.call(maps)[1];
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0)]
    public void What_is_not_dropped_makes_up_for_what_is(double ratio)
    {
        using var scope = NewDisposeScope();
        var ones = torch.ones(1 << 20);

        var some = new Dropout(ratio, new Generator(7)).Of(ones);

        Assert.Equal(ratio, (some == 0).to(float32).mean().item<float>(), 2e-3);
        Assert.Equal(1 / (1 - ratio), some.max().item<float>(), 1e-5);
    }

    [Fact]
    public void Fresh_attention_has_the_original_s_distributions()
    {
        using var network = NetworkFactory.Create(SmallTraining.WithAttention(1).Model, seed: 1);
        var weights = StateDict.Of(network).ToDictionary();

        Assert.Equal(0.02, Deviation("fpn.pos_embed"), 2e-3);
        Assert.Equal(0.02, Deviation("fpn.transformer.linear.weight"), 1e-3);
        Assert.Equal(0.02, Deviation("fpn.transformer.encoders.0.attn.out_proj.weight"), 1e-3);
        Assert.Equal(0.02, Deviation("fpn.transformer.encoders.0.mlp.fc2.weight"), 1e-3);
        Assert.Equal(Math.Sqrt(6.0 / (4 * 96)) / Math.Sqrt(3), Deviation("fpn.transformer.encoders.0.attn.in_proj_weight"), 1e-3);
        Assert.Equal(0.01, Deviation("fpn.lateral_convs.0.conv.weight"), 1e-3);
        Assert.Equal(0.01, Deviation("fpn.transformer.conv.conv.weight"), 1e-3);
        Assert.Equal(1, weights["fpn.transformer.encoders.0.norm1.weight"].min().item<float>());
        Assert.Equal(0, weights["fpn.transformer.encoders.0.attn.in_proj_bias"].abs().max().item<float>());

        double Deviation(string name) => weights[name].std().item<float>();
    }

    [Fact]
    public void A_width_that_is_not_there_is_refused()
        => Refuses("NDB4050", Plus with { Backbone = new ShuffleNetV2Configuration("3x") });

    [Fact]
    public void A_backbone_that_is_not_built_yet_is_refused()
        => Refuses("NDB4051", Plus with { Backbone = new TimmConfiguration("resnet18") });

    [Fact]
    public void Parts_of_two_families_are_refused()
        => Refuses("NDB4052", Plus with { Head = Legacy.Head });

    [Theory]
    [MemberData(nameof(OtherParts.All), MemberType = typeof(OtherParts))]
    public void Necks_and_heads_are_combined_as_the_format_allows(string parts)
    {
        var configuration = OtherParts.Of(parts);
        using var network = NetworkFactory.Create(configuration, seed: 1);

        Assert.Equal(parts.Split(", ").Select(part => part.Split(' ')[0]), [network.Neck.GetType().Name, network.Head.GetType().Name]);
    }

    /// <summary>Of the original's <c>ConvModule</c>; there are no vectors of these.</summary>
    [Theory]
    [InlineData("PAN with BN, NanoDetHead", "fpn.lateral_convs.", 3, 1)]
    [InlineData("FPN with BN, GFLHead", "fpn.lateral_convs.", 3, 1)]
    [InlineData("GhostPAN, NanoDetPlusHead of Conv", "head.cls_convs.", 6, 5)]
    public void A_convolution_with_batch_normalisation_has_the_original_s_names_and_no_bias(string parts, string prefix, int layers, int kernel)
    {
        using var network = NetworkFactory.Create(OtherParts.Of(parts), seed: 1);

        var found = StateDict.Of(network).Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();

        Assert.Equal(layers, found.Count(entry => entry.Key.EndsWith(".conv.weight", StringComparison.Ordinal)));
        Assert.All(found.Chunk(6), layer =>
        {
            var name = layer[0].Key[..^"conv.weight".Length];
            Assert.Equal(
                ["conv.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var", "bn.num_batches_tracked"],
                layer.Select(entry => entry.Key[name.Length..]));
            Assert.Equal([kernel, kernel], layer[0].Value.shape[2..]);
        });
    }

    [Fact]
    public void Lateral_convolutions_are_normalised_where_the_file_says_so()
    {
        using var network = NetworkFactory.Create(OtherParts.Of("FPN with BN, GFLHead"), seed: 1);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        Tensor[] maps = [.. new[] { (48, 8), (96, 4), (192, 2) }.Select(map => arange(2 * map.Item1 * map.Item2 * map.Item2).sin().reshape(2, map.Item1, map.Item2, map.Item2))];

        // Nothing is added to the last map, so it is what its convolution and its normalisation make.
        var last = network.Neck.call(maps)[^1];

        Assert.InRange(last.mean([0, 2, 3]).abs().max().item<float>(), 0, 1e-5);
        Assert.Equal(1, last.std(dimensions: [0, 2, 3], unbiased: false).mean().item<float>(), 1e-2);
    }

    [Fact]
    public void Plus_without_its_auxiliary_head_is_refused()
        => Refuses("NDB4052", Plus with { AuxiliaryHead = null });

    [Fact]
    public void Maps_that_do_not_fit_are_refused_with_both_sides()
    {
        var diagnostic = Refuses("NDB4053", Plus with { Backbone = new ShuffleNetV2Configuration("1.0x") });

        Assert.Contains("have 116, 232, 464 channels, but the neck takes 48, 96, 192", diagnostic.Message, StringComparison.Ordinal);
        Refuses("NDB4053", Plus with { Head = Plus.Head with { Strides = [8, 16, 32] } });
        Refuses("NDB4053", Plus with { AuxiliaryHead = Plus.AuxiliaryHead! with { InputChannel = 32 } });
    }

    private static Diagnostic Refuses(string code, ModelConfiguration configuration)
    {
        var diagnostic = Assert.Throws<NanoDetException>(() => NetworkFactory.Create(configuration, seed: 0)).Diagnostic;
        Assert.Equal(code, diagnostic.Code);
        return diagnostic;
    }
}
