using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Networks;

public class GFLHeadTests
{
    /// <summary>Of the original's code; there are no vectors of it.</summary>
    [Fact]
    public void Names_and_fresh_weights_are_those_of_the_original_s_code()
    {
        using var network = NetworkFactory.Create(OtherParts.Of("FPN, GFLHead"), seed: 1);
        var weights = StateDict.Of(network.Head).ToDictionary();

        Assert.Equal(
            ["distribution_project.project", "cls_convs.0.conv.weight", "cls_convs.0.gn.weight", "cls_convs.0.gn.bias", "cls_convs.1.conv.weight"],
            weights.Keys.Take(5));
        Assert.Equal([32, 32, 3, 3], weights["gfl_reg.weight"].shape);
        Assert.Equal(-4.595, weights["gfl_cls.bias"].mean().item<float>(), 1e-5);
        Assert.Equal(0, weights["gfl_reg.bias"].abs().max().item<float>());
        Assert.Equal(0.01, weights["reg_convs.0.conv.weight"].std().item<float>(), 1e-3);
        Assert.Contains("scales.2.scale", weights.Keys);
    }

    /// <summary>Each map of a pyramid has a part of all smaller ones, and none of the larger ones.</summary>
    [Fact]
    public void What_a_pyramid_adds_goes_from_the_smallest_map_to_the_largest()
    {
        using var network = NetworkFactory.Create(OtherParts.Of("FPN, GFLHead"), seed: 1);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        Tensor[] Maps(int changed) => [.. new[] { (48, 8), (96, 4), (192, 2) }.Select((map, i) => ones(1, map.Item1, map.Item2, map.Item2) * (i == changed ? 2 : 1))];

        var before = network.Neck.call(Maps(-1));

        Assert.Equal([true, false, false], Differ(0));
        Assert.Equal([true, true, true], Differ(2));

        bool[] Differ(int changed) => [.. network.Neck.call(Maps(changed)).Zip(before, (after, map) => !after.Equals(map))];
    }
}
