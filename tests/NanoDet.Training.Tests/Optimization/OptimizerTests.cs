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

    /// <summary>The optimizers that <c>torch.optim</c> has besides, and libtorch's.</summary>
    private static readonly Dictionary<string, (OptimizerConfiguration Ours, Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer> Theirs)> Others = new()
    {
        ["Adam"] = (new AdamConfiguration { LearningRate = 1e-2, WeightDecay = 0.05, Beta2 = 0.99 }, parameters => optim.Adam(parameters, 1e-2, 0.9, 0.99, weight_decay: 0.05)),
        ["Adamax"] = (new AdamaxConfiguration { LearningRate = 1e-2, WeightDecay = 0.05 }, parameters => optim.Adamax(parameters, 1e-2, weight_decay: 0.05)),
        ["NAdam"] = (new NAdamConfiguration { LearningRate = 1e-2, WeightDecay = 0.05 }, parameters => optim.NAdam(parameters, 1e-2, weight_decay: 0.05)),
        ["RAdam"] = (new RAdamConfiguration { LearningRate = 1e-2, WeightDecay = 0.05 }, parameters => optim.RAdam(parameters, 1e-2, weight_decay: 0.05)),
        ["RMSprop"] = (new RmsPropConfiguration { LearningRate = 1e-2, WeightDecay = 0.05 }, parameters => optim.RMSProp(parameters, 1e-2, weight_decay: 0.05)),
        ["RMSprop, centred, with momentum"] = (
            new RmsPropConfiguration { LearningRate = 1e-2, WeightDecay = 0.05, Momentum = 0.9, Centered = true },
            parameters => optim.RMSProp(parameters, 1e-2, weight_decay: 0.05, momentum: 0.9, centered: true)),
        ["Adagrad"] = (
            new AdagradConfiguration { LearningRate = 1e-2, WeightDecay = 0.05, LearningRateDecay = 0.1, InitialSum = 0.1 },
            parameters => optim.Adagrad(parameters, 1e-2, 0.1, 0.05, 0.1)),
        ["Adadelta"] = (new AdadeltaConfiguration { LearningRate = 1, WeightDecay = 0.05 }, parameters => optim.Adadelta(parameters, 1, weight_decay: 0.05)),
        ["ASGD"] = (new AsgdConfiguration { LearningRate = 1e-2, WeightDecay = 0.05, Lambda = 0.1 }, parameters => optim.ASGD(parameters, 1e-2, 0.1, weight_decay: 0.05)),
        ["Rprop"] = (new RpropConfiguration { LearningRate = 1e-2 }, parameters => optim.Rprop(parameters, 1e-2)),
    };

    public static TheoryData<string> OtherNames => [.. Others.Keys];

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void Every_other_optimizer_takes_the_steps_that_libtorch_takes(string name)
        => RequireSameSteps(Others[name].Ours, parameters => [Others[name].Theirs(parameters)]);

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void An_optimizer_that_gets_back_its_memory_goes_on_as_if_it_had_not_been_stopped(string name)
    {
        using var whole = Model();
        using var stopped = Model();
        stopped.load_state_dict(whole.state_dict());
        using var first = new FlatModule(whole, ParameterSetting.Of(whole, Others[name].Ours));
        using var second = new FlatModule(stopped, ParameterSetting.Of(stopped, Others[name].Ours));
        using var ours = Optimizer.Create(Others[name].Ours, first);
        using var before = Optimizer.Create(Others[name].Ours, second);
        Run(0, 6, whole, ours);
        Run(0, 3, stopped, before);

        using var after = Optimizer.Create(Others[name].Ours, second);
        using (no_grad())
        {
            foreach (var (kept, given) in before.Memory.Zip(after.Memory))
            {
                given.Value.copy_(kept.Value);
            }
        }

        Array.ForEach([.. stopped.parameters()], parameter => parameter.grad = null);
        Run(3, 6, stopped, after);
        Assert.All(whole.parameters().Zip(stopped.parameters()), pair => Assert.Equal(Numbers(pair.First), Numbers(pair.Second)));

        static void Run(int from, int to, TorchSharp.Modules.Sequential model, Optimizer optimizer)
        {
            for (var step = from; step < to; step++)
            {
                using var generator = new Generator((ulong)step);
                using var input = randn(4, 3, 5, 5, generator: generator);
                optimizer.ClearGradients();
                model.forward(input).pow(2).mean().backward();
                optimizer.Step(step, parameter => parameter.LearningRate);
            }
        }
    }

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
