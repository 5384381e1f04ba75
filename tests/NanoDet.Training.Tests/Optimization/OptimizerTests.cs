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
            parameters => [optim.AdamW(parameters, lr: 1e-2, weight_decay: 0.05)]);

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.9, false)]
    [InlineData(0.9, true)]
    public void Gradient_descent_takes_the_steps_that_libtorch_takes(double momentum, bool nesterov)
        => RequireSameSteps(
            new SgdConfiguration { LearningRate = 1e-2, WeightDecay = 1e-2, Momentum = momentum, Nesterov = nesterov },
            parameters => [optim.SGD(parameters, 1e-2, momentum: momentum, weight_decay: 1e-2, nesterov: nesterov)]);

    [Fact]
    public void Every_group_of_rates_takes_the_steps_that_libtorch_takes_with_them()
    {
        var configuration = new AdamWConfiguration { LearningRate = 1e-2, WeightDecay = 0.05, NoNormDecay = true, ParameterLevels = [new("head", 0.1, 2)] };
        RequireSameSteps(
            configuration,
            parameters =>
            {
                var all = parameters.ToArray(); // of the convolution, the norm, the head
                return [
                    optim.AdamW([all[0], all[1]], lr: 1e-2, weight_decay: 0.05), optim.AdamW([all[2], all[3]], lr: 1e-2, weight_decay: 0),
                    optim.AdamW([all[4], all[5]], lr: 1e-3, weight_decay: 0.1),
                ];
            });
    }

    [Fact]
    public void A_parameter_is_left_alone_until_it_gets_a_gradient_and_decays_with_the_others_from_then_on()
    {
        using var model = Model();
        var configuration = new AdamWConfiguration { LearningRate = 1e-2, WeightDecay = 0.05 };
        using var weights = new FlatModule(model, ParameterSetting.Of(model, configuration));
        using var optimizer = Optimizer.Create(configuration, weights);
        var backbone = model.named_children().First().module;
        var (used, unused) = (model.get_parameter("backbone.conv.weight")!, model.get_parameter("head.weight")!);
        var (first, second) = (Numbers(used), Numbers(unused));

        Step(0, backbone);
        Assert.NotEqual(first, Numbers(used));
        Assert.Equal(second, Numbers(unused));

        Step(1, model);
        (first, second) = (Numbers(used), Numbers(unused));
        Step(2, backbone);
        Assert.NotEqual(first, Numbers(used));
        Assert.NotEqual(second, Numbers(unused));

        void Step(long step, nn.Module part)
        {
            optimizer.ClearGradients();
            using var scope = NewDisposeScope();
            ((nn.Module<Tensor, Tensor>)part).forward(ones(4, 3, 5, 5)).pow(2).mean().backward();
            optimizer.Step(step, parameter => parameter.LearningRate);
        }
    }

    [Fact]
    public void The_norm_is_that_of_all_gradients_and_clipping_scales_them()
    {
        using var model = Model();
        var configuration = new SgdConfiguration { LearningRate = 1 };
        using var weights = new FlatModule(model, ParameterSetting.Of(model, configuration));
        using var optimizer = Optimizer.Create(configuration, weights);
        using var scope = NewDisposeScope();
        model.forward(randn(4, 3, 5, 5)).pow(2).mean().backward();

        var norm = optimizer.GradientNorm().item<float>();
        Assert.Equal(nn.utils.clip_grad_norm_(model.parameters(), double.PositiveInfinity), norm, 1e-6 * norm);
        optimizer.ScaleGradients(0.5);
        Assert.Equal(norm / 2, nn.utils.clip_grad_norm_(model.parameters(), double.PositiveInfinity), 1e-6 * norm);
        optimizer.ClearGradients();
        Assert.All(model.parameters(), parameter => Assert.Equal(0, parameter.grad!.abs().sum().item<float>()));
    }

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

    private static void RequireSameSteps(OptimizerConfiguration configuration, Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer[]> reference)
    {
        using var ours = Model();
        using var theirs = Model();
        theirs.load_state_dict(ours.state_dict());
        using var weights = new FlatModule(ours, ParameterSetting.Of(ours, configuration));
        using var optimizer = Optimizer.Create(configuration, weights);
        var expected = reference(theirs.parameters());
        for (var step = 0; step < 5; step++)
        {
            using var input = randn(4, 3, 5, 5);
            optimizer.ClearGradients();
            ours.forward(input).pow(2).mean().backward();
            optimizer.Step(step, parameter => parameter.LearningRate);
            theirs.zero_grad();
            theirs.forward(input).pow(2).mean().backward();
            Array.ForEach(expected, optimizer => optimizer.step());
        }

        foreach (var (name, parameter) in theirs.named_parameters())
        {
            Assert.All(parameter.data<float>().Zip(ours.get_parameter(name)!.data<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        }
    }

    private static float[] Numbers(Tensor values) => values.data<float>().ToArray();

    private static TorchSharp.Modules.Sequential Model()
    {
        random.manual_seed(1);
        return nn.Sequential(
            ("backbone", nn.Sequential(("conv", nn.Conv2d(3, 4, 3)), ("norm", nn.BatchNorm2d(4)))), ("head", nn.Conv2d(4, 2, 1)));
    }
}
