using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Manifest;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>
/// Checks that the model in the output folder of the project is the one that this build described. A file that was damaged there
/// without a change of its length and time is copied again.
/// </summary>
public sealed class CheckCopiedModel : NanoDetTask
{
    /// <summary>Manifest, model, weights and preview in the output folder of the project, in this order.</summary>
    [Required]
    public string[] Files { get; set; } = [];

    /// <summary>SHA-256 of the manifest that this build wrote.</summary>
    [Required]
    public string ManifestHash { get; set; } = "";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        string[] copies = [.. Files.Select(file => Path.GetFullPath(Path.Combine(ProjectFolder, file)))];
        if (IsOwn(copies))
        {
            return;
        }

        using var gate = FolderLock.Take(FullOutputFolder, TimeSpan.FromSeconds(LockTimeout), cancellation);
        if (HashOf(Full(OutputFiles.Manifest)) != ManifestHash)
        {
            log.Write(FolderDiagnostics.OtherPlan(FullOutputFolder));
            return;
        }

        foreach (var (source, copy) in new[] { OutputFiles.Manifest, OutputFiles.Onnx, OutputFiles.Weights, OutputFiles.Preview }.Zip(copies))
        {
            File.Copy(Full(OutputFiles.Accepted + Path.GetFileName(source)), copy, overwrite: true);
        }
    }

    private bool IsOwn(string[] copies)
    {
        if (HashOf(copies[0]) != ManifestHash)
        {
            return false;
        }

        var files = ManifestJson.Read<ModelManifest>(copies[0], FolderDiagnostics.IntermediateDamaged).Files;
        return HashOf(copies[1]) == files[0].Sha256 && HashOf(copies[2]) == files[1].Sha256;
    }

    private static string? HashOf(string path) => File.Exists(path) ? ContentHash.OfFile(path).ToString() : null;
}
