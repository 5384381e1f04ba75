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
        { Metadata: { } own } => own with { Classes = network.Classes, Strides = network.Strides, RegMax = network.RegMax, CentredPriors = network.CentredPriors },
        _ => network with { InputWidth = file.Width, InputHeight = file.Height },
    };

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
