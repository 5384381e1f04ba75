using NanoDet.Data.Configuration.Yaml;

namespace NanoDet.Data.Configuration.Sections;

/// <summary>Reads <c>norm_cfg</c>, which every shipped file writes out although only one normalisation was ever used in each place.</summary>
internal static class NormSection
{
    /// <summary>Accepts the one type.</summary>
    /// <param name="owner">The section that holds the key.</param>
    /// <param name="type"><c>BN</c> or <c>GN</c>.</param>
    public static void Read(MappingReader owner, string type)
    {
        if (owner.OptionalSection("norm_cfg") is not { } section)
        {
            return;
        }

        section.Name("type", Names.Of(type));
        section.Flag("requires_grad", true);
        if (type == "GN")
        {
            section.Name("num_groups", Names.Of("32"), "32");
        }

        section.Close();
    }
}
