using NanoDet.Data.Configuration.Yaml;

namespace NanoDet.Data.Configuration.Sections;

/// <summary>Reads <c>model.arch.head</c> and <c>aux_head</c>; absent keys have the original's defaults.</summary>
internal static class HeadSection
{
    private static readonly Dictionary<string, Func<MappingReader, HeadConfiguration>> Kinds = new()
    {
        ["NanoDetPlusHead"] = NanoDetPlus,
        ["NanoDetHead"] = NanoDet,
        ["GFLHead"] = Gfl,
    };

    private static readonly Dictionary<string, Func<MappingReader, SimpleConvHeadConfiguration>> AuxiliaryKinds = new()
    {
        ["SimpleConvHead"] = SimpleConv,
    };

    /// <summary>Reads and closes the section of the head; returns a default head if the name is unknown.</summary>
    public static HeadConfiguration Read(MappingReader section)
        => Read(section, Kinds) ?? new NanoDetHeadConfiguration { NumClasses = 0, InputChannel = 0, FeatChannels = 0 };

    /// <summary>Reads and closes the section of the assign guidance module's head.</summary>
    public static SimpleConvHeadConfiguration? ReadAuxiliary(MappingReader section) => Read(section, AuxiliaryKinds);

    private static T? Read<T>(MappingReader section, Dictionary<string, Func<MappingReader, T>> kinds)
        where T : HeadConfiguration
    {
        if (section.Name("name", kinds) is not { } kind)
        {
            return null;
        }

        var head = kind(section);
        section.Close();
        return head;
    }

    private static NanoDetPlusHeadConfiguration NanoDetPlus(MappingReader section) => new()
    {
        FreezeNorm = NormSection.Read(section, "BN") ?? false,
        NumClasses = section.Integer("num_classes", Limits.AtLeast(1)),
        InputChannel = section.Integer("input_channel", KeyLimits.Channels),
        FeatChannels = section.Integer("feat_channels", KeyLimits.Channels, 96),
        StackedConvs = section.Integer("stacked_convs", KeyLimits.Layers, 2),
        KernelSize = section.Integer("kernel_size", KeyLimits.Kernel, 5),
        PlainConvolutions = PlainConvolutions(section),
        Strides = section.Integers("strides", KeyLimits.Stride, [8, 16, 32]),
        RegMax = section.Integer("reg_max", KeyLimits.RegMax, 7),
        Activation = section.Name("activation", Names.Activations, "LeakyReLU") ?? default,
        Loss = Loss(section.Section("loss")),
    };

    private static NanoDetHeadConfiguration NanoDet(MappingReader section)
    {
        section.Name("scales_per_octave", Names.Of("1"), "1");
        return new()
        {
            FreezeNorm = NormSection.Read(section, "BN") ?? false,
            NumClasses = section.Integer("num_classes", Limits.AtLeast(1)),
            InputChannel = section.Integer("input_channel", KeyLimits.Channels),
            FeatChannels = section.Integer("feat_channels", KeyLimits.Channels, 256),
            StackedConvs = section.Integer("stacked_convs", KeyLimits.Layers, 2),
            Strides = section.Integers("strides", KeyLimits.Stride, [8, 16, 32]),
            RegMax = section.Integer("reg_max", KeyLimits.RegMax, 16),
            OctaveBaseScale = section.Integer("octave_base_scale", KeyLimits.AnchorScale, 5),
            ShareClsReg = section.Flag("share_cls_reg", false),
            PlainConvolutions = PlainConvolutions(section),
            Activation = section.Name("activation", Names.Activations, "LeakyReLU") ?? default,
            Loss = Loss(section.Section("loss")),
        };
    }

    private static GflHeadConfiguration Gfl(MappingReader section) => new()
    {
        FreezeNorm = NormSection.Read(section, "GN") ?? false,
        NumClasses = section.Integer("num_classes", Limits.AtLeast(1)),
        InputChannel = section.Integer("input_channel", KeyLimits.Channels),
        FeatChannels = section.Integer("feat_channels", KeyLimits.Channels, 256),
        StackedConvs = section.Integer("stacked_convs", KeyLimits.Layers, 4),
        Strides = section.Integers("strides", KeyLimits.Stride, [8, 16, 32]),
        RegMax = section.Integer("reg_max", KeyLimits.RegMax, 16),
        OctaveBaseScale = section.Integer("octave_base_scale", KeyLimits.AnchorScale, 4),
        Activation = Activation.ReLU, // the original's, whatever its file says
        Loss = Loss(section.Section("loss")),
    };

    private static SimpleConvHeadConfiguration SimpleConv(MappingReader section) => new()
    {
        FreezeNorm = NormSection.Read(section, "GN") ?? false,
        NumClasses = section.Integer("num_classes", Limits.AtLeast(1)),
        InputChannel = section.Integer("input_channel", KeyLimits.Channels),
        FeatChannels = section.Integer("feat_channels", KeyLimits.Channels, 256),
        StackedConvs = section.Integer("stacked_convs", KeyLimits.Layers, 4),
        Strides = section.Integers("strides", KeyLimits.Stride, [8, 16, 32]),
        RegMax = section.Integer("reg_max", KeyLimits.RegMax, 16),
        Activation = section.Name("activation", Names.Activations, "LeakyReLU") ?? default,
    };

    private static bool PlainConvolutions(MappingReader section) => section.Name("conv_type", Names.Of("Conv", "DWConv"), "DWConv") == "Conv";

    private static LossConfiguration Loss(MappingReader section)
    {
        var quality = Part(section, "loss_qfl", "QualityFocalLoss");
        quality.Name("use_sigmoid", new Dictionary<string, bool> { ["True"] = true, ["true"] = true }, "True");
        var distribution = Part(section, "loss_dfl", "DistributionFocalLoss");
        var box = Part(section, "loss_bbox", "GIoULoss");
        var loss = new LossConfiguration
        {
            QualityFocalBeta = quality.Number("beta", KeyLimits.Factor),
            QualityFocalWeight = quality.Number("loss_weight", KeyLimits.Amount),
            DistributionFocalWeight = distribution.Number("loss_weight", KeyLimits.Amount),
            GIoUWeight = box.Number("loss_weight", KeyLimits.Amount),
        };
        quality.Close();
        distribution.Close();
        box.Close();
        section.Close();
        return loss;
    }

    private static MappingReader Part(MappingReader loss, string key, string name)
    {
        var part = loss.Section(key);
        part.Name("name", Names.Of(name), name);
        return part;
    }
}
