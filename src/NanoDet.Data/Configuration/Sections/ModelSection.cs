using NanoDet.Data.Configuration.Yaml;

namespace NanoDet.Data.Configuration.Sections;

/// <summary>Reads <c>model</c>.</summary>
internal static class ModelSection
{
    private static readonly Dictionary<string, Architecture?> Architectures = new()
    {
        ["NanoDetPlus"] = Architecture.NanoDetPlus,
        ["OneStageDetector"] = Architecture.OneStageDetector,
        ["GFL"] = Architecture.OneStageDetector,
    };

    /// <summary>Reads and closes the section.</summary>
    public static ModelConfiguration Read(MappingReader section)
    {
        var arch = section.Section("arch");
        var architecture = arch.Name("name", Architectures) ?? default;
        var plus = architecture == Architecture.NanoDetPlus;
        var model = new ModelConfiguration
        {
            Architecture = architecture,
            Backbone = BackboneSection.Read(arch.Section("backbone")),
            Neck = NeckSection.Read(arch.Section("fpn")),
            Head = HeadSection.Read(arch.Section("head")),
            AuxiliaryHead = plus ? HeadSection.ReadAuxiliary(arch.Section("aux_head")) : null,
            DetachEpoch = plus ? arch.Integer("detach_epoch", KeyLimits.Count, 0) : 0,
            MovingAverageDecay = MovingAverageDecay(section.OptionalSection("weight_averager")),
        };
        arch.Close();
        section.Close();
        return model;
    }

    private static double? MovingAverageDecay(MappingReader? section)
    {
        if (section is null)
        {
            return null;
        }

        section.Name("name", Names.Of("ExpMovingAverager"));
        var decay = section.Number("decay", KeyLimits.PartialShare, 0.9998);
        section.Close();
        return decay;
    }
}
