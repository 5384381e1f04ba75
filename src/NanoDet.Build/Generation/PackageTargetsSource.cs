using System.Text;
using System.Xml.Linq;
using NanoDet.Pipeline.Manifest;

namespace NanoDet.Build.Generation;

/// <summary>Generates the MSBuild file of a model's package, which gives model and manifest to the projects that reference it.</summary>
internal static class PackageTargetsSource
{
    private const string Folder = "$(MSBuildThisFileDirectory)../model/";

    /// <summary>The file, for <c>build</c> and <c>buildTransitive</c>.</summary>
    public static byte[] Of(ModelManifest manifest)
    {
        var (onnx, description) = ($"{Escape(manifest.Name)}.onnx", $"{Escape(manifest.Name)}.manifest.json");
        string[] detections = manifest.HasDetections ? [Escape(manifest.Name + ModelManifest.DetectionsExtension)] : [];
        var project = new XElement(
            "Project",
            new XElement(
                "ItemGroup",
                new XElement("NanoDetModel", new XAttribute("Include", Folder + onnx), new XAttribute("Name", Escape(manifest.Name)), new XAttribute("Version", Escape(manifest.Version)), new XAttribute("Manifest", Folder + description), detections.Select(file => new XAttribute("Detections", Folder + file))),
                Copied(onnx),
                Copied(description),
                detections.Select(Copied),
                new XElement("_NanoDetModelInfo", new XAttribute("Include", Folder + ModelInfoSource.FileName), new XAttribute("Name", Escape(manifest.Name)))),
            new XElement("Import", new XAttribute("Project", Folder + "NanoDet.ModelInfo.targets")),
            Unpublish(manifest.Name, [onnx, description, .. detections]));
        return Encoding.UTF8.GetBytes(project.ToString().ReplaceLineEndings("\n") + "\n");
    }

    // Always: the files of all packages have one time, and those of two versions often one length, so whatever compares these
    // keeps the model of the version before.
    private static XElement Copied(string file) => new(
        "None",
        new XAttribute("Include", Folder + file),
        new XAttribute("Link", file),
        new XAttribute("Visible", "false"),
        new XAttribute("Pack", "false"),
        new XAttribute("CopyToOutputDirectory", "Always"),
        new XAttribute("CopyToPublishDirectory", "Always"));

    // Publishing compares time and length even so; what is not there cannot be taken for the same. The folder may come without
    // a slash at its end.
    private static XElement Unpublish(string name, string[] files) => new(
        "Target",
        new XAttribute("Name", $"_NanoDetUnpublish_{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name))}"),
        new XAttribute("BeforeTargets", "PrepareForPublish"),
        new XElement("Delete", new XAttribute("Files", string.Join(';', files.Select(file => $"$(PublishDir)/{file}")))));

    // Characters with a special meaning for MSBuild in the name of an item.
    private static string Escape(string text) => string.Concat(text.Select(character => "%*?@$();'".Contains(character, StringComparison.Ordinal) ? $"%{(int)character:x2}" : character.ToString()));
}
