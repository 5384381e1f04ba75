using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Testing;
using NanoDet.Training.Loading;
using NanoDet.Training.Loop;
using NanoDet.Training.Models;
using NanoDet.Training.Models.Heads;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using NanoDet.Training.Schedules;
using NanoDet.Training.Weights;
using NanoDet.Vision.Augmentation;
using NanoDet.Vision.Images;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Loop;

/// <summary>A step whose numbers are not finite changes nothing, whether the forward or the backward pass is to blame.</summary>
public sealed class LearningNetworkTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly NanoDetConfiguration _configuration = SmallTraining.Configuration(epochs: 1);
    private readonly DetectionNetwork _network;
    private readonly TrainingBatch _batch;

    public LearningNetworkTests()
    {
        LibTorch.Load();
        var images = SmallTraining.Draw(_folder["images"]).Of(DatasetPart.Train).ToImmutableArray();
        _network = NetworkFactory.Create(_configuration.Model, seed: 1);
        _batch = new BatchAssembler(_folder["images"], new OnlineAugmentation(_configuration.Train, 1), new DecodedImageCache(0))
            .Assemble(new BatchPlan(images, 2, 1).From(default, 1).First());
    }

    public void Dispose()
    {
        _batch.Dispose();
        _network.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("loss")]
    [InlineData("gradient")]
    public void A_number_that_is_not_finite_is_told_with_the_pictures_and_changes_no_weight(string what)
    {
        if (what == "loss")
        {
            _batch.Input.fill_(float.NaN);
        }
        else
        {
            HideHugeGradient((NanoDetPlusHead)_network.Head);
        }

        using var learning = new LearningNetwork(_network, _configuration, CPU);
        learning.BeginEpoch(0);
        learning.Tensors.CopyBuffers();
        var before = Content(learning);

        var error = Assert.Throws<NanoDetException>(() => learning.Learn(_batch, step: 0)).Diagnostic;

        Assert.Equal("NDB4020", error.Code);
        Assert.StartsWith($"The {what} ", error.Message, StringComparison.Ordinal);
        Assert.All(_batch.Images, image => Assert.Contains(image.Path, error.Message, StringComparison.Ordinal));
        Assert.Equal(before, Content(learning));
    }

    [Fact]
    public void A_step_within_the_limit_of_the_gradients_is_the_step_without_a_limit_and_one_beyond_it_is_not()
    {
        Assert.Equal(AfterStep(gradientClip: 0), AfterStep(gradientClip: 1e9));
        Assert.NotEqual(AfterStep(gradientClip: 0), AfterStep(gradientClip: 1e-3));

        List<byte[]> AfterStep(double gradientClip)
        {
            using var network = NetworkFactory.Create(_configuration.Model, seed: 1);
            using var learning = new LearningNetwork(network, _configuration with { GradientClip = gradientClip }, CPU);
            learning.BeginEpoch(0);
            learning.Tensors.CopyBuffers();
            learning.Learn(_batch, step: 0);
            learning.Update(0, new LearningRateSchedule(new(WarmupKind.Constant, 0, 1), new CosineAnnealingConfiguration(1, 1e-4), 1));
            return Content(learning);
        }
    }

    /// <summary>What the original's <c>build_norm_layer</c> makes; ghost modules make their own.</summary>
    [Theory]
    [InlineData("fpn", @"^(aux_)?fpn\.(reduce_layers|downsamples|extra_lvl_(in|out)_conv)\..*(bn|dwnorm|pwnorm)\.")]
    [InlineData("head", @"^head\..*(dwnorm|pwnorm)\.")]
    [InlineData("head of Conv", @"^head\..*bn\.")]
    [InlineData("aux_head", @"^aux_head\..*gn\.")]
    public void Norms_that_a_file_freezes_keep_their_parameters_and_the_others_learn(string section, string frozenNames)
    {
        var model = _configuration.Model with
        {
            Neck = _configuration.Model.Neck with { FreezeNorm = section == "fpn" },
            Head = (NanoDetPlusHeadConfiguration)_configuration.Model.Head with { FreezeNorm = section.StartsWith("head", StringComparison.Ordinal), PlainConvolutions = section == "head of Conv" },
            AuxiliaryHead = _configuration.Model.AuxiliaryHead! with { FreezeNorm = section == "aux_head" },
        };
        using var network = NetworkFactory.Create(model, seed: 1);
        using var learning = new LearningNetwork(network, _configuration with { Model = model, Schedule = _configuration.Schedule with { Optimizer = _configuration.Schedule.Optimizer with { WeightDecay = 0.5 } } }, CPU);
        learning.BeginEpoch(0);
        using var scope = NewDisposeScope();
        var before = StateDict.Of(network).ToDictionary(entry => entry.Key, entry => entry.Value.clone());

        learning.Learn(_batch, step: 0);
        learning.Update(0, new LearningRateSchedule(new(WarmupKind.Constant, 0, 1), new CosineAnnealingConfiguration(1, 1e-4), 1));

        var parameters = network.named_parameters().Select(entry => entry.name).ToHashSet(StringComparer.Ordinal);
        var unchanged = StateDict.Of(network).Where(entry => entry.Value.Equals(before[entry.Key])).Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        var frozen = parameters.Where(name => Regex.IsMatch(name, frozenNames)).ToList();
        Assert.NotEmpty(frozen);
        Assert.Subset(unchanged, frozen.ToHashSet(StringComparer.Ordinal));
        Assert.DoesNotContain(parameters.Except(frozen), name => network.get_parameter(name)!.requires_grad && unchanged.Contains(name) && name.EndsWith(".weight", StringComparison.Ordinal));
        Assert.All(network.named_parameters(), entry => Assert.NotEqual(frozen.Contains(entry.name), entry.parameter.requires_grad));
        Assert.DoesNotContain(unchanged, name => name.EndsWith("running_mean", StringComparison.Ordinal) && !name.StartsWith("aux_head", StringComparison.Ordinal));
    }

    [Fact]
    public void The_step_decides_the_random_numbers_of_the_layers_and_nothing_before_it_does()
    {
        using var learning = new LearningNetwork(_network, _configuration, CPU);
        learning.BeginEpoch(0);

        Assert.NotEqual(Key(0), Key(1));
        Assert.Equal(Key(3), Key(3));

        ulong Key(long step)
        {
            learning.Learn(_batch, step);
            return _network.RandomKey;
        }
    }

    /// <summary>Before the predictors, every feature is 0; so their weights, whose squares no single-precision number holds, show up in the gradients alone.</summary>
    private static void HideHugeGradient(NanoDetPlusHead head)
    {
        using var withoutGradients = no_grad();
        foreach (var (convolutions, predictor) in head.ClsConvs.Zip(head.GflCls))
        {
            var norm = ((DepthwiseConvModule)convolutions[^1]).PointwiseNorm;
            norm.weight!.zero_();
            norm.bias!.zero_();
            predictor.weight.fill_(1e25);
        }
    }

    private static List<byte[]> Content(LearningNetwork learning)
        => [.. learning.Tensors.BeforeForward.Select(entry => TensorContent.Read(entry.Value).Data.ToArray())];
}
