namespace NanoDet.Data.Configuration.Checks;

/// <summary>Checks that the backbone can be built, and makes what neck and head take.</summary>
internal static class BackboneCheck
{
    private const int MostLayers = 200;

    /// <summary>Returns what does not fit, of a model whose neck takes as many feature maps as the backbone has output stages.</summary>
    public static IEnumerable<(string Key, string Sentence)> Run(ModelConfiguration model)
    {
        var backbone = model.Backbone;
        if (backbone is TimmConfiguration timm && ConvNextShape.Of(timm.ModelName) is null)
        {
            yield break; // its stages are not known
        }

        if (backbone is CustomCspNetConfiguration csp && Layers(csp) is { } problem)
        {
            yield return problem;
            yield break;
        }

        var numbers = backbone.OutStages.Order().ToArray();
        foreach (var stage in numbers.Where(stage => backbone.StageOf(stage) is null))
        {
            yield return (Outputs(backbone), $"{backbone.Describe()} has no stage {stage}");
        }

        BackboneStage[] stages = [.. numbers.Select(stage => backbone.StageOf(stage)).OfType<BackboneStage>()];
        if (stages.Length != numbers.Length)
        {
            yield break;
        }

        if (!stages.Select(stage => stage.Channels).SequenceEqual(model.Neck.InChannels))
        {
            yield return (
                "model.arch.fpn.in_channels",
                $"The neck takes feature maps with {string.Join(", ", model.Neck.InChannels)} channels, but those of {backbone.Describe()} have {string.Join(", ", stages.Select(stage => stage.Channels))}");
        }

        var first = (model.Neck as FpnConfiguration)?.StartLevel ?? 0;
        var strides = stages.Skip(first).Select(stage => stage.Stride).ToArray();
        if (strides.Skip(1).Zip(strides).Any(pair => pair.First != 2 * pair.Second))
        {
            yield return (
                Outputs(backbone),
                $"The neck takes feature maps that are each half as large as the one before, but the strides of {backbone.Describe()} are {string.Join(", ", strides)}");
        }
        else if (WithAdditional(strides, model.Neck) is var all && !model.Head.Strides.Take(all.Length).SequenceEqual(all.Take(model.Head.Strides.Length)))
        {
            var additional = all.Length > strides.Length ? " and the neck's additional feature maps" : "";
            yield return (
                "model.arch.head.strides",
                $"The strides of the head are {string.Join(", ", model.Head.Strides)}, but those of {backbone.Describe()}{additional} are {string.Join(", ", all)}");
        }
    }

    // Each additional feature map is half as large as the one before.
    private static int[] WithAdditional(int[] strides, NeckConfiguration neck)
        => neck is GhostPanConfiguration { NumExtraLevel: var additional } ? [.. strides, .. Enumerable.Range(1, additional).Select(i => strides[^1] << i)] : strides;

    private static string Outputs(BackboneConfiguration backbone)
        => $"model.arch.backbone.{(backbone is TimmConfiguration ? "out_indices" : "out_stages")}";

    // The first layer that cannot be built: what comes after it depends on it.
    private static (string Key, string Sentence)? Layers(CustomCspNetConfiguration backbone)
    {
        if (backbone.Layers.Length > MostLayers)
        {
            return ("model.arch.backbone.net_cfg", $"A CustomCspNet has at most {MostLayers} layers, but the file lists {backbone.Layers.Length}");
        }

        var made = BackboneStage.Image;
        foreach (var (i, layer) in backbone.Layers.Index())
        {
            if (layer.WhyNotAfter(made) is { } reason)
            {
                return (FormattableString.Invariant($"model.arch.backbone.net_cfg[{i}]"), reason);
            }

            made = layer.After(made)!.Value;
        }

        return null;
    }
}
