using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Natives;

namespace NanoDet.Build.Tasks;

/// <summary>Ends a build that would download gigabytes for a card that this machine cannot use.</summary>
public sealed class RequireCudaDriver : ProjectTask
{
    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        if (!CudaDriver.OfMachine.IsInstalled)
        {
            throw new NanoDetException(NativeDiagnostics.NoDriver(ProjectFile));
        }
    }
}
