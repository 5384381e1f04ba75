using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Training.Diagnostics;

/// <summary>NDB4050 to NDB4099, but NDB4051: building a network from its configuration.</summary>
public static class ModelDiagnostics
{
    /// <summary>NDB4050: ShuffleNetV2 does not exist in this width.</summary>
    public static Diagnostic UnknownShuffleNetWidth(string modelSize)
        => new("NDB4050", Error, $"ShuffleNetV2 has no model_size {modelSize}; choose 0.5x, 1.0x, 1.5x or 2.0x");

    /// <summary>NDB4052: the neck and the head do not form a network.</summary>
    public static Diagnostic PartsDoNotFit(string architecture, string neck, string head, bool hasAuxiliaryHead) => new(
        "NDB4052",
        Error,
        $"{architecture} cannot be built from the neck {neck} and the head {head} {(hasAuxiliaryHead ? "with" : "without")} an auxiliary head");

    /// <summary>NDB4053: a part of the network produces feature maps that the next part cannot take.</summary>
    /// <param name="source">The part that makes the maps.</param>
    /// <param name="made">Channels of the maps it makes.</param>
    /// <param name="sink">The part that takes them.</param>
    /// <param name="taken">Channels of the maps it takes.</param>
    public static Diagnostic MapsDoNotFit(string source, IEnumerable<int> made, string sink, IEnumerable<int> taken) => new(
        "NDB4053",
        Error,
        $"The feature maps of the {source} have {string.Join(", ", made)} channels, but the {sink} takes {string.Join(", ", taken)}");
}
