using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;

namespace NanoDet.Pipeline.Manifest;

/// <summary>The manifests of models that a new one is compared with.</summary>
public static class ComparedModel
{
    /// <summary>The manifest of an earlier model of the project; null where there is none, or another version wrote it: nobody asked for this comparison.</summary>
    /// <param name="path">Full path of the manifest.</param>
    public static ModelManifest? Find(string path)
    {
        try
        {
            return ManifestJson.Read<ModelManifest>(path, QualityDiagnostics.BadBaseline);
        }
        catch (NanoDetException)
        {
            return null;
        }
    }

    /// <summary>The manifest that a project compares with; null where it names none.</summary>
    /// <param name="baseline"><c>NanoDetBaseline</c>.</param>
    /// <param name="projectFolder">Full path of the project's folder.</param>
    /// <exception cref="NanoDetException">It cannot be read.</exception>
    public static ModelManifest? Baseline(string baseline, string projectFolder)
        => baseline.Length > 0 ? ManifestJson.Read<ModelManifest>(Path.GetFullPath(Path.Combine(projectFolder, baseline)), QualityDiagnostics.BadBaseline) : null;
}
