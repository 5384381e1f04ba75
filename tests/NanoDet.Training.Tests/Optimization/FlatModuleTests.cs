using NanoDet.Data.Configuration;
using NanoDet.Training.Models;
using NanoDet.Training.Native;
using NanoDet.Training.Optimization;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Optimization;

public sealed class FlatModuleTests
{
    private static readonly AdamWConfiguration Rates = new() { LearningRate = 1, WeightDecay = 1, NoNormDecay = true, ParameterLevels = [new("first", 0.1, 1)] };

    public FlatModuleTests() => LibTorch.Load();

    [Fact]
    public void The_tensors_of_a_module_stay_the_same_objects_with_the_same_numbers_and_results()
    {
        using var module = Module();
        using var scope = NewDisposeScope();
        var input = randn(2, 3, 6, 6);
        module.eval();
        var (state, before, expected) = (StateDict.Of(module), Numbers(module), module.forward(input));
        var strides = state.Select(entry => entry.Value.stride()).ToArray();

        using var flat = new FlatModule(module, ParameterSetting.Of(module, Rates));

        Assert.Equal(before, Numbers(module));
        Assert.Equal(strides, state.Select(entry => entry.Value.stride()));
        Assert.True(module.forward(input).Equals(expected));
        Assert.All(module.parameters(), parameter => Assert.True(parameter is { is_leaf: true, requires_grad: true }));
        Assert.Equal(3, flat.Pieces.Count); // parameters, statistics, counts
    }

    [Fact]
    public void One_operation_reaches_every_tensor_and_parameters_with_the_same_rates_are_neighbours()
    {
        using var module = Module();
        using var flat = new FlatModule(module, ParameterSetting.Of(module, Rates));
        foreach (var piece in flat.Pieces)
        {
            piece.Whole.fill_(3);
        }

        Assert.All(Numbers(module).SelectMany(numbers => numbers), number => Assert.Equal(3, number));
        Assert.Equal(
            ["first.weight", "first.bias", "norm.weight", "norm.bias", "last.weight", "last.bias"],
            flat.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([(0, 2), (2, 4), (4, 6)], ParameterRun.Of(flat.Parameters, []).Select(run => (run.First, run.End)));
        Assert.Equal([(0, 1), (2, 3), (4, 6)], ParameterRun.Of(flat.Parameters, [1, 3]).Select(run => (run.First, run.End)));
        Assert.All(flat.Pieces.SelectMany(piece => piece.Parts), part => Assert.Equal(0, part.Value.storage_offset() * part.Value.element_size() % 64));
    }

    [Fact]
    public void A_channels_last_weight_stays_one()
    {
        using var module = Module();
        using var scope = NewDisposeScope();
        var weight = module.get_parameter("first.weight")!;
        using (no_grad())
        {
            weight.set_(weight.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2));
        }

        var (strides, before) = (weight.stride(), Numbers(module));
        using var flat = new FlatModule(module, ParameterSetting.Of(module, Rates));

        Assert.Equal(1, strides[1]);
        Assert.Equal(strides, weight.stride());
        Assert.Equal(before, Numbers(module));
    }

    [Fact]
    public void The_norm_of_millions_of_numbers_is_exact()
    {
        using var layer = nn.Linear(2048, 2048, hasBias: false);
        using var flat = new FlatModule(layer, ParameterSetting.Of(layer, Rates));
        using var scope = NewDisposeScope();

        var exact = Math.Sqrt(layer.weight!.data<float>().Sum(value => (double)value * value));
        Assert.Equal(exact, flat.Trained.Norm().item<float>(), exact * 1e-6);
    }

    private static TorchSharp.Modules.Sequential Module()
    {
        random.manual_seed(1);
        return nn.Sequential(("first", nn.Conv2d(3, 5, 3)), ("norm", nn.BatchNorm2d(5)), ("last", nn.Conv2d(5, 2, 1)));
    }

    private static List<double[]> Numbers(nn.Module module)
        => [.. StateDict.Of(module).Select(entry => entry.Value.detach().to(float64).contiguous().data<double>().ToArray())];
}
