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

    private static GhostPanConfiguration GhostPan(MappingReader section)
    {
        NormSection.Read(section, "BN");
        return new()
        {
            InChannels = section.Integers("in_channels", 1),
            OutChannels = section.Integer("out_channels", 1),
            KernelSize = section.Integer("kernel_size", 1, 5),
            NumBlocks = section.Integer("num_blocks", 1, 1),
            NumExtraLevel = section.Integer("num_extra_level", 0, 0),
            UseDepthwise = section.Flag("use_depthwise", false),
            Expand = section.Integer("expand", 1, 1),
            UseResidual = section.Flag("use_res", false),
            Activation = section.Name("activation", Names.Activations, "LeakyReLU"),
        };
    }

    private static PanConfiguration Pan(MappingReader section)
    {
        NormSection.Read(section, "BN");
        return new()
        {
            InChannels = section.Integers("in_channels", 1),
            OutChannels = section.Integer("out_channels", 1),
            StartLevel = section.Integer("start_level", 0, 0),
            NumOuts = section.Integer("num_outs", 1),
            Activation = section.OptionalText("activation") is null ? null : section.Name("activation", Names.Activations),
        };
    }

    private static FpnConfiguration Fpn(MappingReader section) => new()
    {
        InChannels = section.Integers("in_channels", 1),
        OutChannels = section.Integer("out_channels", 1),
        StartLevel = section.Integer("start_level", 0, 0),
        NumOuts = section.Integer("num_outs", 1),
        Activation = section.OptionalText("activation") is null ? null : section.Name("activation", Names.Activations),
    };

    private static TanConfiguration Tan(MappingReader section)
    {
        var size = section.Pair("feature_hw", 1);
        return new()
        {
            InChannels = section.Integers("in_channels", 1),
            OutChannels = section.Integer("out_channels", 1),
            FeatureSize = size is { } given ? [given.First, given.Second] : [],
            NumHeads = section.Integer("num_heads", 1),
            NumEncoders = section.Integer("num_encoders", 1),
            MlpRatio = section.Integer("mlp_ratio", 1),
            DropoutRatio = section.Number("dropout_ratio"),
            Activation = section.Name("activation", Names.Activations, "LeakyReLU"),
        };
    }
}
