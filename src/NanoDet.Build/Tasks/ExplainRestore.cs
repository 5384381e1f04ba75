using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Build.Tasks;

/// <summary>Says what can be done where NuGet could not restore what training needs; NuGet has said why.</summary>
public sealed class ExplainRestore : ProjectTask
{
    /// <summary>What was to be restored.</summary>
    [Required]
    public string Package { get; set; } = "";

    /// <summary><c>NanoDetDevice</c>.</summary>
    [Required]
    public string Device { get; set; } = "";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
        => throw new NanoDetException(NativeDiagnostics.NotRestored(Package, isCuda: Properties.Device("NanoDetDevice", Device).Kind != "cpu", ProjectFile));
}
