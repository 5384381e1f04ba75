using NanoDet.Data.Configuration.Yaml;

namespace NanoDet.Data.Configuration.Sections;

/// <summary>Reads <c>model.arch.fpn</c>; absent keys have the original's defaults.</summary>
internal static class NeckSection
{
    private static readonly Dictionary<string, Func<MappingReader, NeckConfiguration>> Kinds = new()
    {
        ["GhostPAN"] = GhostPan,
        ["PAN"] = Pan,
        ["TAN"] = Tan,
        ["FPN"] = Fpn,
    };

    /// <summary>Reads and closes the section; returns a default neck if the name is unknown.</summary>
    public static NeckConfiguration Read(MappingReader section)
    {
        if (section.Name("name", Kinds) is not { } kind)
        {
            return new PanConfiguration { InChannels = [], OutChannels = 0 };
        }

        var neck = kind(section);
        section.Close();
        return neck;
    }

    private static GhostPanConfiguration GhostPan(MappingReader section) => new()
    {
        FreezeNorm = NormSection.Read(section, "BN") ?? false,
        InChannels = section.Integers("in_channels", Limits.AtLeast(1)),
        OutChannels = section.Integer("out_channels", KeyLimits.Channels),
        KernelSize = section.Integer("kernel_size", KeyLimits.Kernel, 5),
        NumBlocks = section.Integer("num_blocks", KeyLimits.Repeats, 1),
        NumExtraLevel = section.Integer("num_extra_level", KeyLimits.ExtraMaps, 0),
        UseDepthwise = section.Flag("use_depthwise", false),
        Expand = section.Integer("expand", KeyLimits.Expansion, 1),
        UseResidual = section.Flag("use_res", false),
        Activation = section.Name("activation", Names.Activations, "LeakyReLU"),
    };

    private static FpnConfiguration Pan(MappingReader section) => Pyramid(section, new PanConfiguration { InChannels = [], OutChannels = 0 });

    private static FpnConfiguration Fpn(MappingReader section) => Pyramid(section, new FpnConfiguration { InChannels = [], OutChannels = 0 });

    private static FpnConfiguration Pyramid(MappingReader section, FpnConfiguration neck)
    {
        // Only these two have no normalisation unless a file asks for one.
        var norm = section.IsGiven("norm_cfg") ? NormSection.Read(section, "BN") : null;
        return neck with
        {
            BatchNorm = norm is not null,
            FreezeNorm = norm ?? false,
            InChannels = section.Integers("in_channels", Limits.AtLeast(1)),
            OutChannels = section.Integer("out_channels", KeyLimits.Channels),
            StartLevel = section.Integer("start_level", KeyLimits.Count, 0),
            NumOuts = section.Integer("num_outs", Limits.AtLeast(1)),
            Activation = section.IsGiven("activation") ? section.Name("activation", Names.Activations) : null,
        };
    }

    private static TanConfiguration Tan(MappingReader section)
    {
        var size = section.Pair("feature_hw", KeyLimits.Side);
        return new()
        {
            InChannels = section.Integers("in_channels", Limits.AtLeast(1)),
            OutChannels = section.Integer("out_channels", KeyLimits.Channels),
            FeatureSize = size is { } given ? [given.First, given.Second] : [],
            NumHeads = section.Integer("num_heads", KeyLimits.Channels),
            NumEncoders = section.Integer("num_encoders", KeyLimits.Repeats),
            MlpRatio = section.Integer("mlp_ratio", KeyLimits.Expansion),
            DropoutRatio = section.Number("dropout_ratio", KeyLimits.PartialShare),
            Activation = section.Name("activation", Names.Activations, "LeakyReLU"),
        };
    }
}
