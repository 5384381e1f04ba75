using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Downloads;

namespace NanoDet.Build.Tasks;

/// <summary>A task for weights that a property names by an address.</summary>
public abstract class WeightsTask : ProjectTask
{
    /// <summary>The property: <c>NanoDetPretrained</c> or <c>NanoDetBackboneWeights</c>.</summary>
    [Required]
    public string Property { get; set; } = "";

    /// <summary>Its value.</summary>
    [Required]
    public string Address { get; set; } = "";

    /// <summary>The property of the same name with <c>Sha256</c>.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary><c>NanoDetWeightsFolder</c>.</summary>
    [Required]
    public string WeightsFolder { get; set; } = "";

    /// <summary>Path of the weights, for the configuration: relative to the project.</summary>
    [Output]
    public string Weights { get; set; } = "";

    private protected sealed override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        ContentHash? hash = Sha256.Length == 0 ? null
            : ContentHash.TryParse(Sha256.Trim()) ?? throw Properties.Wrong($"{Property}Sha256", Sha256, "64 hexadecimal digits");
        if (hash is null)
        {
            throw new NanoDetException(ProjectDiagnostics.DownloadWithoutHash(Property, Address, ProjectFile));
        }

        var source = Uri.TryCreate(Address.Trim(), UriKind.Absolute, out var address) && WeightSource.IsAllowed(address)
            ? new WeightSource(address, hash.Value, Path.GetFullPath(Path.Combine(ProjectFolder, WeightsFolder)), DownloadCredentials.Of(Property))
            : throw new NanoDetException(ProjectDiagnostics.AddressRefused(Address, ProjectFile));
        Weights = ProjectPath.Relative(ProjectFolder, Provide(source, Full("weights"), log, cancellation));
    }

    /// <summary>The path of the weights in a folder of the project.</summary>
    private protected abstract string Provide(WeightSource source, string folder, DiagnosticLog log, CancellationToken cancellation);
}
