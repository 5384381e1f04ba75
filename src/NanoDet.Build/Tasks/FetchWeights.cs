using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Downloads;

namespace NanoDet.Build.Tasks;

/// <summary>Downloads the weights if <c>NanoDetPretrained</c> is an address.</summary>
public sealed class FetchWeights : ProjectTask
{
    /// <summary><c>NanoDetPretrained</c>.</summary>
    [Required]
    public string Pretrained { get; set; } = "";

    /// <summary><c>NanoDetPretrainedSha256</c>.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary><c>NanoDetWeightsFolder</c>.</summary>
    [Required]
    public string WeightsFolder { get; set; } = "";

    /// <summary>Path of the weights, for the configuration: relative to the project.</summary>
    [Output]
    public string Weights { get; set; } = "";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        ClaimOutputFolder();
        ContentHash? hash = Sha256.Length == 0 ? null
            : ContentHash.TryParse(Sha256.Trim()) ?? throw Properties.Wrong("NanoDetPretrainedSha256", Sha256, "64 hexadecimal digits");
        Weights = Fetch(log, hash ?? throw new DiagnosticException(ProjectDiagnostics.DownloadWithoutHash(Pretrained, ProjectFile)), cancellation);
    }

    private string Fetch(DiagnosticLog log, ContentHash hash, CancellationToken cancellation)
    {
        var source = Uri.TryCreate(Pretrained.Trim(), UriKind.Absolute, out var address) && WeightSource.IsAllowed(address)
            ? new WeightSource(address, hash, Path.GetFullPath(Path.Combine(ProjectFolder, WeightsFolder)))
            : throw new DiagnosticException(ProjectDiagnostics.AddressRefused(Pretrained, ProjectFile));
        if (source.Address.UserInfo.Length > 0)
        {
            log.Write(ProjectDiagnostics.PasswordInProperty("NanoDetPretrained", WeightSource.AuthorizationVariable, ProjectFile));
        }

        var path = source.Provide(
            Path.Combine(FullOutputFolder, "weights"), text => log.Say(MessageImportance.High, $"NanoDet: {text}"), cancellation);
        return ProjectPath.Relative(ProjectFolder, path);
    }
}
