namespace NanoDet.Data.Configuration.Checks;

/// <summary>Checks what the neck with attention needs: three maps, whole heads, and an input of the size that its position embedding is for.</summary>
internal static class AttentionCheck
{
    private const int Maps = 3;

    /// <summary>Returns what does not fit; nothing for another neck.</summary>
    public static IEnumerable<(string Key, string Sentence)> Run(NanoDetConfiguration configuration)
    {
        if (configuration.Model.Neck is not TanConfiguration neck)
        {
            yield break;
        }

        if (neck.OutChannels % neck.NumHeads != 0)
        {
            yield return ("model.arch.fpn.num_heads", $"The number of channels of TAN, {neck.OutChannels}, is no multiple of its attention heads, {neck.NumHeads}");
        }

        if (neck.InChannels.Length != Maps)
        {
            yield return ("model.arch.fpn.in_channels", $"TAN takes {Maps} feature maps, not {neck.InChannels.Length}");
            yield break;
        }

        foreach (var finding in Sizes(configuration, neck))
        {
            yield return finding;
        }
    }

    private static IEnumerable<(string Key, string Sentence)> Sizes(NanoDetConfiguration configuration, TanConfiguration neck)
    {
        if (configuration.Train.MultiScale is not null)
        {
            yield return ("data.train.multi_scale", OneSize("multi_scale"));
        }

        if (configuration.Train.ProgressiveResizing is not null)
        {
            yield return ("model.arch.fpn", OneSize("NanoDetProgressiveResizing"));
        }

        var (height, width) = (neck.FeatureSize[0], neck.FeatureSize[1]);
        var stride = configuration.Model.Head.Strides is [_, var middle, ..] ? middle : 1;
        var wrong = new[] { configuration.Train, configuration.Validation }
            .Where(input => (long)(input.Height / stride) * (input.Width / stride) != (long)height * width).Select(input => (input.Width, input.Height)).Distinct();
        foreach (var (inputWidth, inputHeight) in wrong)
        {
            yield return (
                "model.arch.fpn.feature_hw",
                $"The position embedding of TAN is for a feature map of {width}x{height} pixels, but an input of {inputWidth}x{inputHeight} gives one of {inputWidth / stride}x{inputHeight / stride}");
        }
    }

    private static string OneSize(string setting) => $"TAN has a position embedding of one size, so the size of the input cannot change ({setting})";
}
