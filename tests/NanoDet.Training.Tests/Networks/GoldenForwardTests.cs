using NanoDet.Training.Models;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Networks;

/// <summary>The network is the original's: the same names, the same shapes, the same predictions.</summary>
public class GoldenForwardTests
{
    [Theory]
    [MemberData(nameof(GoldenModel.Names), MemberType = typeof(GoldenModel))]
    public void Names_and_shapes_are_the_original_s_in_its_order(string name)
    {
        var golden = new GoldenModel(name);
        using var network = golden.Network();

        var expected = golden.Figures.GetProperty("state_dict").EnumerateArray()
            .Select(entry => $"{entry[0]} [{string.Join(", ", entry[1].EnumerateArray())}] {entry[2]}");
        var actual = StateDict.Of(network)
            .Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}] {(entry.Value.dtype == ScalarType.Int64 ? "int64" : "float32")}");

        Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(GoldenModel.Names), MemberType = typeof(GoldenModel))]
    public void It_has_as_many_parameters(string name)
    {
        var golden = new GoldenModel(name);
        using var network = golden.Network();

        Assert.Equal(golden.Figures.GetProperty("params").GetInt64(), network.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(
            golden.Figures.GetProperty("inference_params").GetInt64(),
            network.named_parameters().Where(entry => !entry.name.StartsWith("aux_", StringComparison.Ordinal)).Sum(entry => entry.parameter.numel()));
    }

    [Theory]
    [MemberData(nameof(GoldenModel.Names), MemberType = typeof(GoldenModel))]
    public void It_predicts_what_the_original_predicts(string name)
    {
        var golden = new GoldenModel(name);
        using var network = golden.Network();
        using var scope = NewDisposeScope();
        using var inference = inference_mode();

        var images = golden.Shape("eval.preds")[0];
        var predictions = network.call(golden.Input()[..(int)images]);

        Assert.Equal(golden.Shape("eval.preds"), predictions.shape);
        Close(golden.Values("eval.preds"), predictions);
    }

    [Theory]
    [MemberData(nameof(GoldenModel.Names), MemberType = typeof(GoldenModel))]
    public void Backbone_and_neck_make_the_original_s_maps(string name)
    {
        var golden = new GoldenModel(name);
        using var network = golden.Network();
        using var scope = NewDisposeScope();
        using var inference = inference_mode();

        var backbone = network.Backbone.call(golden.Input());
        var neck = network.Neck.call(backbone);

        Same(golden, "backbone", backbone);
        Same(golden, "neck", neck);
        for (var i = 0; i < backbone.Length; i++)
        {
            Close(golden.Values($"eval.backbone.{i}.head8"), backbone[i].flatten()[..8]);
        }
    }

    private static void Same(GoldenModel golden, string part, Tensor[] maps)
    {
        Assert.Equal(
            golden.Figures.GetProperty($"{part}_shapes").EnumerateArray().Select(shape => string.Join(", ", shape.EnumerateArray())),
            maps.Select(map => string.Join(", ", map.shape)));
        foreach (var (expected, map) in golden.Figures.GetProperty($"{part}_abs_mean").EnumerateArray().Zip(maps))
        {
            Assert.Equal(expected.GetDouble(), map.abs().mean().item<float>(), GoldenModel.Tolerance(expected.GetDouble()));
        }
    }

    private static void Close(float[] expected, Tensor actual)
    {
        var difference = (tensor(expected) - actual.flatten()).abs().max().item<float>();
        Assert.True(difference <= GoldenModel.Tolerance(expected.Max(float.Abs)), $"the largest difference is {difference}");
    }
}
