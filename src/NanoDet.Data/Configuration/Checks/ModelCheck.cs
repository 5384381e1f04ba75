using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Configuration.Checks;

/// <summary>Whether the parts of a model fit together; each mistake would otherwise surface as a tensor of a wrong shape.</summary>
internal static class ModelCheck
{
    // Necks halve and double the maps of stride 32 and below, which only fits where no side is rounded.
    private const int SideMultiple = 32;
    private const int GroupNormGroups = 32;

    /// <summary>What does not fit.</summary>
    public static IEnumerable<Diagnostic> Run(NanoDetConfiguration configuration, Func<string, SourceLocation?> place)
        => Channels(configuration.Model).Concat(Heads(configuration.Model))
            .Select(finding => ConfigurationDiagnostics.ModelPartsDiffer(place(finding.Key), finding.Sentence))
            .Concat(Sizes(configuration, place));

    private static IEnumerable<(string Key, string Sentence)> Channels(ModelConfiguration model)
    {
        var given = model.Neck.InChannels;
        if (given.Length != model.Backbone.OutStages.Length)
        {
            yield return ("model.arch.fpn.in_channels", $"The neck takes {given.Length} maps, but the backbone gives {model.Backbone.OutStages.Length}");
        }
        else if (model.Backbone is ShuffleNetV2Configuration { WithLastConvolution: false } shuffle
            && ShuffleNetV2Channels.Of(shuffle.ModelSize) is not null)
        {
            var made = shuffle.OutStages.Select(stage => ShuffleNetV2Channels.OfStage(shuffle.ModelSize, stage)).ToArray();
            if (!made.SequenceEqual(given))
            {
                yield return (
                    "model.arch.fpn.in_channels",
                    $"The neck takes maps of {string.Join(", ", given)} channels, but ShuffleNetV2 {shuffle.ModelSize} gives {string.Join(", ", made)}");
            }
        }

        if (model.Head.InputChannel != model.Neck.OutChannels)
        {
            yield return (
                "model.arch.head.input_channel",
                $"The head takes maps of {model.Head.InputChannel} channels, but the neck gives {model.Neck.OutChannels}");
        }

        var maps = model.Neck switch
        {
            GhostPanConfiguration ghost => ghost.InChannels.Length + ghost.NumExtraLevel,
            PanConfiguration pan => pan.NumOuts,
            var other => other.InChannels.Length,
        };
        if (model.Head.Strides.Length != maps)
        {
            yield return ("model.arch.head.strides", $"The head has {model.Head.Strides.Length} strides, but the neck gives {maps} maps");
        }
    }

    private static IEnumerable<(string Key, string Sentence)> Heads(ModelConfiguration model)
    {
        var plus = model.Architecture == Architecture.NanoDetPlus;
        if (plus != model.Head is NanoDetPlusHeadConfiguration)
        {
            yield return ("model.arch.head.name", plus ? "NanoDetPlus needs a NanoDetPlusHead" : "A NanoDetPlusHead needs the architecture NanoDetPlus");
        }

        if (model.AuxiliaryHead is not { } auxiliary)
        {
            yield break;
        }

        if (auxiliary.InputChannel != 2 * model.Neck.OutChannels)
        {
            yield return (
                "model.arch.aux_head.input_channel",
                $"The auxiliary head takes maps of {auxiliary.InputChannel} channels, but two necks of {model.Neck.OutChannels} channels give {2 * model.Neck.OutChannels}");
        }

        if (auxiliary.NumClasses != model.Head.NumClasses || auxiliary.RegMax != model.Head.RegMax || !auxiliary.Strides.SequenceEqual(model.Head.Strides))
        {
            yield return ("model.arch.aux_head", "The auxiliary head must have the same num_classes, reg_max and strides as the head");
        }

        if (auxiliary.FeatChannels % GroupNormGroups != 0)
        {
            yield return (
                "model.arch.aux_head.feat_channels",
                $"The auxiliary head normalises in {GroupNormGroups} groups, which {auxiliary.FeatChannels} channels cannot be divided into");
        }
    }

    private static IEnumerable<Diagnostic> Sizes(NanoDetConfiguration configuration, Func<string, SourceLocation?> place)
        => new[] { ("data.train.input_size", configuration.Train), ("data.val.input_size", configuration.Validation) }
            .Where(entry => entry.Item2.Width % SideMultiple != 0 || entry.Item2.Height % SideMultiple != 0)
            .Select(entry => ConfigurationDiagnostics.InputSize(place(entry.Item1), entry.Item2.Width, entry.Item2.Height, SideMultiple));
}
