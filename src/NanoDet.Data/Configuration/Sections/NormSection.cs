using NanoDet.Data.Configuration.Yaml;

namespace NanoDet.Data.Configuration.Sections;

/// <summary>Reads <c>norm_cfg</c>, which every published file has, although each place always uses the same normalisation.</summary>
internal static class NormSection
{
    /// <summary>Accepts only the given type.</summary>
    /// <param name="owner">The section with the key.</param>
    /// <param name="type"><c>BN</c> or <c>GN</c>.</param>
    /// <returns>Whether the parameters of the normalisation are frozen; null where the key is absent.</returns>
    public static bool? Read(MappingReader owner, string type)
    {
        if (owner.OptionalSection("norm_cfg") is not { } section)
        {
            return null;
        }

        section.Name("type", Names.Of(type));
        var isFrozen = !section.Flag("requires_grad", true);
        if (type == "GN")
        {
            section.Name("num_groups", Names.Of("32"), "32");
        }

        section.Close();
        return isFrozen;
    }
}
