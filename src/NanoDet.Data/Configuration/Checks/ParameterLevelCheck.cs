using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Configuration.Checks;

/// <summary>Finds factors for parameters that the network does not have: a typing error there changes nothing without a word.</summary>
internal static class ParameterLevelCheck
{
    private const string Section = "schedule.optimizer.param_level_cfg";

    /// <summary>Returns the warnings, for a network that can be trained.</summary>
    public static IEnumerable<Diagnostic> Run(NanoDetConfiguration configuration, Func<string, SourceLocation?> place)
        => configuration.Schedule.Optimizer.ParameterLevels.Select(level => level.NamePart)
            .Where(name => !ParameterNames.MayContain(configuration.Model, name))
            .Select(name => ConfigurationDiagnostics.WithoutEffect(
                place($"{Section}.{name}"),
                $"'{DiagnosticText.Shorten(name)}' in 'param_level_cfg' has no effect, because no parameter of the network has this in its name; {Advice(configuration.Model, name)}"));

    private static string Advice(ModelConfiguration model, string name) => ParameterNames.Suggest(model, name) is { } meant
        ? $"did you mean '{DiagnosticText.Shorten(meant)}'?"
        : $"names begin with {string.Join(", ", ParameterNames.PartsOf(model))}";
}
