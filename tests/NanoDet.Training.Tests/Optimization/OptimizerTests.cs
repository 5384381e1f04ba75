using NanoDet.Data.Configuration;
using NanoDet.Training.Native;
using NanoDet.Training.Optimization;
using static TorchSharp.torch;
using Optimizer = NanoDet.Training.Optimization.Optimizer;

namespace NanoDet.Training.Tests.Optimization;

public sealed class OptimizerTests
{
    public OptimizerTests() => LibTorch.Load();

    [Fact]
    public void AdamW_takes_the_steps_that_libtorch_takes()
        => RequireSameSteps(
            new AdamWConfiguration { LearningRate = 1e-2, WeightDecay = 0.05 },
            parameters => optim.AdamW(parameters, lr: 1e-2, weight_decay: 0.05));

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.9, false)]
    [InlineData(0.9, true)]
    public void Gradient_descent_takes_the_steps_that_libtorch_takes(double momentum, bool nesterov)
        => RequireSameSteps(
            new SgdConfiguration { LearningRate = 1e-2, WeightDecay = 1e-2, Momentum = momentum, Nesterov = nesterov },
            parameters => optim.SGD(parameters, 1e-2, momentum: momentum, weight_decay: 1e-2, nesterov: nesterov));

    [Fact]
    public void Levels_norms_and_biases_get_their_own_rates()
    {
        using var model = Model();
        var configuration = new AdamWConfiguration
        {
            LearningRate = 1,
            WeightDecay = 1,
            NoNormDecay = true,
            NoBiasDecay = true,
            ParameterLevels = [new("backbone", 0.1, 0.5), new("conv", 7, 7)],
        };

        var settings = ParameterSetting.Of(model, configuration).ToDictionary(setting => setting.Name, setting => (setting.LearningRate, setting.WeightDecay));

        Assert.Equal((0.1, 0.5), settings["backbone.conv.weight"]);
        Assert.Equal((0.1, 0), settings["backbone.conv.bias"]);
        Assert.Equal((0.1, 0), settings["backbone.norm.weight"]);
        Assert.Equal((1, 1), settings["head.weight"]);
        Assert.Equal((1, 0), settings["head.bias"]);
    }

    [Fact]
    public void Nothing_is_exempt_from_decay_unless_the_configuration_says_so()
    {
        using var model = Model();

        Assert.All(ParameterSetting.Of(model, new AdamWConfiguration { LearningRate = 1, WeightDecay = 0.05 }), setting => Assert.Equal(0.05, setting.WeightDecay));
    }

    private static void RequireSameSteps(OptimizerConfiguration configuration, Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer> reference)
    {
        using var ours = Model();
        using var theirs = Model();
        theirs.load_state_dict(ours.state_dict());
        using var optimizer = Optimizer.Create(configuration, ParameterSetting.Of(ours, configuration));
        using var expected = reference(theirs.parameters());
        for (var step = 0; step < 5; step++)
        {
            using var input = randn(4, 3, 5, 5);
            optimizer.ClearGradients();
            ours.forward(input).pow(2).mean().backward();
            optimizer.Step(step, parameter => parameter.LearningRate);
            expected.zero_grad();
            theirs.forward(input).pow(2).mean().backward();
            expected.step();
        }

        foreach (var (name, parameter) in theirs.named_parameters())
        {
            Assert.All(parameter.data<float>().Zip(ours.get_parameter(name)!.data<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        }
    }

    private static TorchSharp.Modules.Sequential Model()
    {
        random.manual_seed(1);
        return nn.Sequential(
            ("backbone", nn.Sequential(("conv", nn.Conv2d(3, 4, 3)), ("norm", nn.BatchNorm2d(4)))), ("head", nn.Conv2d(4, 2, 1)));
    }
}
