using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Configuration.Checks;

/// <summary>Checks that the parts of a model fit together; otherwise each mistake would surface as a tensor of a wrong shape.</summary>
internal static class ModelCheck
{
    private const int GroupNormGroups = 32;

    /// <summary>Returns the parts that do not fit.</summary>
    public static IEnumerable<Diagnostic> Run(NanoDetConfiguration configuration, Func<string, SourceLocation?> place)
        => Unsupported(configuration.Model)
            .Select(part => NetworkDiagnostics.PartNotSupported(place($"{part.Key}.name"), part.Kind, part.Name))
            .Concat(Channels(configuration.Model).Concat(Heads(configuration.Model)).Concat(AttentionCheck.Run(configuration))
                .Select(finding => ConfigurationDiagnostics.ModelPartsDiffer(Nearest(finding.Key, place), finding.Sentence)))
            .Concat(Sizes(configuration, place));

    // A key that the file leaves out has the place of its section.
    private static SourceLocation? Nearest(string key, Func<string, SourceLocation?> place)
        => place(key) ?? (key.LastIndexOf('.') is > 0 and var end ? Nearest(key[..end], place) : null);

    private static IEnumerable<(string Key, string Kind, string Name)> Unsupported(ModelConfiguration model)
    {
        if (model.Backbone is TimmConfiguration timm && ConvNextShape.Of(timm.ModelName) is null)
        {
            yield return ("model.arch.backbone", "backbone", model.Backbone.Describe());
        }
    }

    private static IEnumerable<(string Key, string Sentence)> Channels(ModelConfiguration model)
    {
        var given = model.Neck.InChannels;
        if (given.Length != model.Backbone.OutStages.Length)
        {
            yield return ("model.arch.fpn.in_channels", $"The number of feature maps that the neck takes is {given.Length}, but the backbone has {model.Backbone.OutStages.Length}");
        }
        else
        {
            foreach (var finding in BackboneCheck.Run(model))
            {
                yield return finding;
            }
        }

        if (model.Head.InputChannel != model.Neck.OutChannels)
        {
            yield return (
                "model.arch.head.input_channel",
                $"The head takes feature maps with {model.Head.InputChannel} channels, but those of the neck have {model.Neck.OutChannels}");
        }

        if (model.Neck is GhostPanConfiguration { OutChannels: var made } && made % 2 != 0)
        {
            yield return ("model.arch.fpn.out_channels", $"GhostPAN makes half of its channels from the other half, so their number must be even, but is {made}");
        }

        var maps = model.Neck.MapCount();
        if (model.Neck is FpnConfiguration { NumOuts: var told } && told != maps)
        {
            yield return ("model.arch.fpn.num_outs", $"The neck makes {maps} feature maps from those that it takes, and 'num_outs' is {told}");
        }

        if (model.Head.Strides.Length != maps)
        {
            yield return ("model.arch.head.strides", $"The number of strides of the head is {model.Head.Strides.Length}, but the neck has {maps} feature maps");
        }
    }

    private static IEnumerable<(string Key, string Sentence)> Heads(ModelConfiguration model)
    {
        var plus = model.Architecture == Architecture.NanoDetPlus;
        if (plus != model.Head is NanoDetPlusHeadConfiguration)
        {
            yield return ("model.arch.head.name", plus ? "NanoDetPlus needs a NanoDetPlusHead" : "A NanoDetPlusHead needs the architecture NanoDetPlus");
        }

        if (model.Head is GflHeadConfiguration && Groups("head", "The head", model.Head) is { } uneven)
        {
            yield return uneven;
        }

        if (model.AuxiliaryHead is not { } auxiliary)
        {
            yield break;
        }

        if (auxiliary.InputChannel != 2 * model.Neck.OutChannels)
        {
            yield return (
                "model.arch.aux_head.input_channel",
                $"The auxiliary head takes feature maps with {auxiliary.InputChannel} channels, but two necks with {model.Neck.OutChannels} channels have {2 * model.Neck.OutChannels} together");
        }

        if (auxiliary.NumClasses != model.Head.NumClasses || auxiliary.RegMax != model.Head.RegMax || !auxiliary.Strides.SequenceEqual(model.Head.Strides))
        {
            yield return ("model.arch.aux_head", "The auxiliary head must have the same num_classes, reg_max and strides as the head");
        }

        if (Groups("aux_head", "The auxiliary head", auxiliary) is { } finding)
        {
            yield return finding;
        }
    }

    private static (string Key, string Sentence)? Groups(string section, string name, HeadConfiguration head) => head.FeatChannels % GroupNormGroups == 0
        ? null
        : ($"model.arch.{section}.feat_channels", $"{name} has {head.FeatChannels} channels, but its group normalisation needs a multiple of {GroupNormGroups}");

    private static IEnumerable<Diagnostic> Sizes(NanoDetConfiguration configuration, Func<string, SourceLocation?> place)
    {
        var multiple = configuration.Model.SideMultiple;
        var train = configuration.Train;
        return new[] { ("data.train.input_size", train.Size), ("data.train.input_size", train.SizeAt(0)), ("data.val.input_size", configuration.Validation.Size) }
            .Where(entry => entry.Item2.Width % multiple != 0 || entry.Item2.Height % multiple != 0)
            .Select(entry => ConfigurationDiagnostics.InputSize(place(entry.Item1), entry.Item2.Width, entry.Item2.Height, multiple))
            .Distinct(); // One property is the size of both.
    }
}
