using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Data.Diagnostics;

/// <summary>NDB4051: what the plan and the construction of a network both refuse.</summary>
public static class NetworkDiagnostics
{
    /// <summary>NDB4051: a part of a network that the original has, and that cannot be trained yet.</summary>
    /// <param name="location">The place of its name.</param>
    /// <param name="kind">What it is: backbone or neck.</param>
    /// <param name="name">Its name in the configuration.</param>
    public static Diagnostic PartNotSupported(SourceLocation? location, string kind, string name)
        => new("NDB4051", Error, $"The {kind} {name} cannot be trained yet", location);
}
