namespace NanoDet.Data.Configuration.Sections;

/// <summary>Names that several sections use.</summary>
internal static class Names
{
    /// <summary>Activations as the original names them.</summary>
    public static IReadOnlyDictionary<string, Activation?> Activations { get; } = new Dictionary<string, Activation?>
    {
        ["ReLU"] = Activation.ReLU,
        ["LeakyReLU"] = Activation.LeakyReLU,
        ["ReLU6"] = Activation.ReLU6,
        ["SELU"] = Activation.SELU,
        ["ELU"] = Activation.ELU,
        ["GELU"] = Activation.GELU,
        ["PReLU"] = Activation.PReLU,
        ["SiLU"] = Activation.SiLU,
        ["HardSwish"] = Activation.HardSwish,
        ["Hardswish"] = Activation.HardSwish,
    };

    /// <summary>A set of names that are their own values.</summary>
    public static IReadOnlyDictionary<string, string> Of(params string[] names) => names.ToDictionary(name => name);
}
