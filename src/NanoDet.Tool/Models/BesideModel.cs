using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Manifest;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Models;

/// <summary>What a build leaves beside a model.</summary>
internal static class BesideModel
{
    /// <summary>Reads the manifest of a model; null if there is none.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <exception cref="NanoDetException">NDB6111: it cannot be read, or it describes another file.</exception>
    public static ModelManifest? Manifest(string model)
    {
        var path = Path.ChangeExtension(model, ".manifest.json");
        if (!File.Exists(path))
        {
            return null;
        }

        var manifest = ManifestJson.Read<ModelManifest>(path, (place, reason) => ToolDiagnostics.UnreadableManifest(place, reason.TrimEnd('.')));
        return manifest.Files.Any(file => file.Sha256 == ContentHash.OfFile(model).ToString())
            ? manifest
            : throw new NanoDetException(ToolDiagnostics.UnreadableManifest(path, $"it describes another file than {Path.GetFileName(model)}"));
    }
}
