using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module;

namespace NanoDet.Training.Optimization;

/// <summary>A parameter that is trained, with its own rates.</summary>
/// <param name="Name">Its name in the state dict.</param>
/// <param name="Value">The parameter.</param>
/// <param name="LearningRate">Its learning rate at the top of the schedule.</param>
/// <param name="WeightDecay">Its weight decay.</param>
public sealed record ParameterSetting(string Name, Parameter Value, double LearningRate, double WeightDecay)
{
    /// <summary>
    /// Lists the parameters of a model that need gradients, in its order, with rates as in the original's <c>build_optimizer</c>:
    /// factors by part of the name (the first match), then no decay for norms and biases if the settings say so.
    /// </summary>
    public static IReadOnlyList<ParameterSetting> Of(Module model, OptimizerConfiguration configuration)
    {
        var norms = model.named_modules().Where(module => IsNorm(module.Item2)).Select(module => module.Item1 + ".").ToHashSet(StringComparer.Ordinal);
        return [.. model.named_parameters().Where(parameter => parameter.Item2.requires_grad).Select(parameter => Of(parameter.Item1, parameter.Item2))];

        ParameterSetting Of(string name, Parameter value)
        {
            var level = configuration.ParameterLevels.FirstOrDefault(level => name.Contains(level.NamePart, StringComparison.Ordinal)) ?? new("");
            var lastDot = name.LastIndexOf('.') + 1;
            var withoutDecay = (configuration.NoNormDecay && norms.Contains(name[..lastDot])) || (configuration.NoBiasDecay && name[lastDot..] == "bias");
            return new ParameterSetting(
                name, value, configuration.LearningRate * level.LearningRateFactor, withoutDecay ? 0 : configuration.WeightDecay * level.DecayFactor);
        }
    }

    private static bool IsNorm(Module module) => module is BatchNorm1d or BatchNorm2d or BatchNorm3d or GroupNorm or LayerNorm or ChannelNorm;
}
