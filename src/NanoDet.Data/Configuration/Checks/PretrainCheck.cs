using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Configuration.Checks;

/// <summary>
/// Finds a backbone that a file wants to begin with ImageNet weights where there are none. The original downloads them; a build
/// uses only files that the project names. Weights for the whole network have those of the backbone.
/// </summary>
internal static class PretrainCheck
{
    private const string Section = "model.arch.backbone";

    /// <summary>Returns the warning, at the key, or at its section where the key is absent and the original's default counts.</summary>
    public static IEnumerable<Diagnostic> Run(NanoDetConfiguration configuration, Func<string, SourceLocation?> place)
    {
        if (configuration is { Model.Backbone.WantsWeights: true, Schedule: { LoadModel: null, BackboneWeights: null } })
        {
            var key = configuration.Model.Backbone is TimmConfiguration ? "pretrained" : "pretrain";
            yield return ConfigurationDiagnostics.BackboneWithoutWeights(
                place($"{Section}.{key}") ?? place(Section), key, place($"{Section}.{key}") is not null, configuration.Model.Backbone.Describe());
        }
    }
}
