using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Manifest;

namespace NanoDet.Build.Tasks;

/// <summary>Sees that the model which goes into a package is the one that the package is named after.</summary>
public sealed class CheckPackedModel : ProjectTask
{
    /// <summary><c>NanoDetModelName</c>.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The project's <c>Version</c>.</summary>
    [Required]
    public string Version { get; set; } = "";

    /// <summary>The manifest that goes into the package.</summary>
    [Required]
    public string Manifest { get; set; } = "";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        var manifest = ManifestJson.Read<ModelManifest>(Path.GetFullPath(Path.Combine(ProjectFolder, Manifest)), FolderDiagnostics.IntermediateDamaged);
        if (manifest.Name != Name || manifest.Version != ModelManifest.VersionOf(Version, manifest.Files[0].Sha256))
        {
            log.Write(QualityDiagnostics.OtherModelInPackage($"{manifest.Name} {manifest.Version}", $"{Name} {Version}", ProjectFile));
        }
    }
}
