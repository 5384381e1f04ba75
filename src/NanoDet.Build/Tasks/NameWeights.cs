using NanoDet.Build.Logging;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Downloads;

namespace NanoDet.Build.Tasks;

/// <summary>Checks the address of the weights, and says where they will be; the plan needs no more, because it knows their SHA-256.</summary>
public sealed class NameWeights : WeightsTask
{
    private protected override string Provide(WeightSource source, string folder, DiagnosticLog log, CancellationToken cancellation)
    {
        if (source.Address.UserInfo.Length > 0)
        {
            log.Write(ProjectDiagnostics.PasswordInProperty(Property, source.Credentials.AuthorizationVariable, ProjectFile));
        }

        return source.PathIn(folder);
    }
}
