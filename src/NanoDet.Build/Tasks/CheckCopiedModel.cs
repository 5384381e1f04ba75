using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Manifest;

namespace NanoDet.Build.Tasks;

/// <summary>Checks that the model in the output folder of the project is the one that this build described.</summary>
public sealed class CheckCopiedModel : NanoDetTask
{
    /// <summary>The manifest in the output folder of the project.</summary>
    [Required]
    public string Manifest { get; set; } = "";

    /// <summary>The model beside it.</summary>
    [Required]
    public string Model { get; set; } = "";

    /// <summary>SHA-256 of the manifest that this build wrote.</summary>
    [Required]
    public string ManifestHash { get; set; } = "";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        var (manifest, model) = (Path.Combine(ProjectFolder, Manifest), Path.Combine(ProjectFolder, Model));
        if (ContentHash.OfFile(manifest).ToString() != ManifestHash
            || ContentHash.OfFile(model).ToString() != ManifestJson.Read<ModelManifest>(manifest, FolderDiagnostics.IntermediateDamaged).Files[0].Sha256)
        {
            log.Write(FolderDiagnostics.OtherPlan(FullOutputFolder));
        }
    }
}
