using System.Globalization;
using NanoDet.Data.Configuration.Yaml;

namespace NanoDet.Data.Configuration.Sections;

/// <summary>Reads <c>model.arch.backbone</c>; absent keys have the original's defaults.</summary>
internal static class BackboneSection
{
    private static readonly Dictionary<string, Func<MappingReader, BackboneConfiguration>> Kinds = new()
    {
        ["ShuffleNetV2"] = ShuffleNetV2,
        ["EfficientNetLite"] = EfficientNetLite,
        ["RepVGG"] = RepVgg,
        ["CustomCspNet"] = CustomCspNet,
        ["TIMMWrapper"] = Timm,
        ["ResNet"] = ResNet,
        ["MobileNetV2"] = MobileNetV2,
        ["GhostNet"] = GhostNet,
    };

    /// <summary>Reads and closes the section; returns a default backbone if the name is unknown.</summary>
    public static BackboneConfiguration Read(MappingReader section)
    {
        if (section.Name("name", Kinds) is not { } kind)
        {
            return new TimmConfiguration("");
        }

        var backbone = kind(section);
        section.Close();
        return backbone;
    }

    private static ShuffleNetV2Configuration ShuffleNetV2(MappingReader section)
    {
        return new(section.Name("model_size", Names.Of("0.5x", "1.0x", "1.5x", "2.0x"), "1.5x") ?? "")
        {
            WantsWeights = section.Flag("pretrain", true),
            OutStages = section.Integers("out_stages", Limits.AtLeast(2), [2, 3, 4]),
            WithLastConvolution = section.Flag("with_last_conv", false),
            KernelSize = section.Integer("kernal_size", KeyLimits.Kernel, 3), // spelt so in the original
            Activation = Activation(section, "ReLU"),
        };
    }

    private static EfficientNetLiteConfiguration EfficientNetLite(MappingReader section)
    {
        var names = Names.Of([.. Enumerable.Range(0, 5).Select(size => $"efficientnet_lite{size}")]);
        return new(section.Name("model_name", names) ?? "")
        {
            WantsWeights = section.Flag("pretrain", true),
            OutStages = section.Integers("out_stages", Limits.AtLeast(0), [2, 4, 6]),
            Activation = Activation(section, "ReLU6"),
        };
    }

    private static RepVggConfiguration RepVgg(MappingReader section) => new(section.Name("arch", Names.Of([.. RepVggShape.Names])) ?? "")
    {
        OutStages = section.Integers("out_stages", Limits.AtLeast(1), [1, 2, 3, 4]),
        Activation = Activation(section, "ReLU"),
        LastChannel = section.OptionalInteger("last_channel", KeyLimits.Channels),
        Deploy = section.Flag("deploy", false),
    };

    private static CustomCspNetConfiguration CustomCspNet(MappingReader section)
        => new([.. section.NamedLists("net_cfg").Select(layer => new CspLayer(layer.Name, layer.Numbers))])
        {
            OutStages = section.Integers("out_stages", Limits.AtLeast(0)),
            Activation = Activation(section, "LeakyReLU"),
        };

    private static TimmConfiguration Timm(MappingReader section)
    {
        // Without it, the network of PyTorch Image Models tells classes of pictures.
        section.Name("features_only", new Dictionary<string, bool> { ["True"] = true, ["true"] = true }, "True");
        return new(section.Text("model_name"))
        {
            WantsWeights = section.Flag("pretrained", true),
            OutStages = section.Integers("out_indices", Limits.AtLeast(0), [1, 2, 3]),
        };
    }

    private static ResNetConfiguration ResNet(MappingReader section)
    {
        return new(section.Name("depth", ResNetShape.Depths.ToDictionary(depth => depth.ToString(CultureInfo.InvariantCulture))))
        {
            WantsWeights = section.Flag("pretrain", true),
            OutStages = section.Integers("out_stages", Limits.AtLeast(1), [1, 2, 3, 4]),
            Activation = Activation(section, "ReLU"),
        };
    }

    private static MobileNetV2Configuration MobileNetV2(MappingReader section) => new()
    {
        WidthMultiplier = section.Number("width_mult", KeyLimits.Width, 1),
        OutStages = section.Integers("out_stages", Limits.AtLeast(0), [1, 2, 4, 6]),
        LastChannel = section.Integer("last_channel", KeyLimits.Channels, 1280),
        Activation = Activation(section, "ReLU"),
    };

    private static GhostNetConfiguration GhostNet(MappingReader section) => new()
    {
        WantsWeights = section.Flag("pretrain", true),
        WidthMultiplier = section.Number("width_mult", KeyLimits.Width, 1),
        OutStages = section.Integers("out_stages", Limits.AtLeast(0), [4, 6, 9]),
        Activation = Activation(section, "ReLU"),
    };

    private static Activation Activation(MappingReader section, string fallback)
        => section.Name("activation", Names.Activations, fallback) ?? default;
}
