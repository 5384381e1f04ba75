using System.Globalization;
using NanoDet.Core.Models;
using NanoDet.Training.Weights.Deployed;

namespace NanoDet.Training.Conversion;

/// <summary>The input of a converted model: what the file says of it stays, and the network says the rest.</summary>
internal static class ModelInput
{
    /// <summary>The metadata of the model to write.</summary>
    /// <param name="network">The metadata of the network.</param>
    /// <param name="file">What the file says; null for nothing.</param>
    public static ModelMetadata Describe(ModelMetadata network, DeployedInput? file) => file switch
    {
        null => network,
        { Metadata: { } own } => own with { Classes = network.Classes },
        _ => network with { InputWidth = file.Width, InputHeight = file.Height },
    };

    /// <summary>What the metadata of a file says of its predictions, where the network has others, in words; null for nothing.</summary>
    /// <param name="network">The metadata of the network.</param>
    /// <param name="file">What the file says; null for nothing.</param>
    public static string? Difference(ModelMetadata network, DeployedInput? file) => file?.Metadata switch
    {
        null => null,
        var own when own.RegMax != network.RegMax => string.Create(CultureInfo.InvariantCulture, $"its metadata says reg_max {own.RegMax}, and the network has {network.RegMax}"),
        var own when !own.Strides.SequenceEqual(network.Strides) => $"its metadata says strides {string.Join(", ", own.Strides)}, and the network has {string.Join(", ", network.Strides)}",
        var own when own.CentredPriors != network.CentredPriors => $"its metadata says that priors are {Place(own)}, and those of the network are {Place(network)}",
        _ => null,
    };

    private static string Place(ModelMetadata model) => model.CentredPriors ? "in the middle of their cells" : "in the corners of their cells";

    /// <summary>Says what the input is, and why.</summary>
    /// <param name="model">The metadata of the model.</param>
    /// <param name="file">What the file says; null for nothing.</param>
    /// <param name="network">The network, in words.</param>
    /// <param name="isSure">Whether the user, or the name of the file, names the network.</param>
    public static string Explain(ModelMetadata model, DeployedInput? file, string network, bool isSure)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"input: {model.InputWidth}x{model.InputHeight}");
        var resize = model.KeepRatio ? "images keep their aspect ratio" : "images are stretched";
        return file switch
        {
            { Metadata: not null } => $"{size}, {resize}, as the file says",
            not null => $"{size}, as the file says; {resize}, as in {network}",
            null when isSure => $"{size}, {resize}, as in {network}",
            null => $"{size}, {resize}: assumed from {network}, because the file does not say it; --network names a preset or a configuration file with another input",
        };
    }
}
