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
        var project = new XElement(
            "Project",
            new XElement(
                "ItemGroup",
                new XElement("NanoDetModel", new XAttribute("Include", Folder + onnx), new XAttribute("Version", Escape(manifest.Version)), new XAttribute("Manifest", Folder + description)),
                Copied(onnx),
                Copied(description),
                new XElement(
                    "Compile",
                    new XAttribute("Include", Folder + "ModelInfo.g.cs"),
                    new XAttribute("Visible", "false"),
                    new XAttribute("Condition", "'$(NanoDetModelInfo)' == 'true' and '$(Language)' == 'C#'"))));
        return System.Text.Encoding.UTF8.GetBytes(project.ToString().ReplaceLineEndings("\n") + "\n");
    }

    private static XElement Copied(string file) => new(
        "None",
        new XAttribute("Include", Folder + file),
        new XAttribute("Link", file),
        new XAttribute("Visible", "false"),
        new XAttribute("Pack", "false"),
        new XAttribute("CopyToOutputDirectory", "PreserveNewest"),
        new XAttribute("CopyToPublishDirectory", "PreserveNewest"));

    // Characters with a special meaning for MSBuild in the name of an item.
    private static string Escape(string text) => string.Concat(text.Select(character => "%*?@$();'".Contains(character, StringComparison.Ordinal) ? $"%{(int)character:x2}" : character.ToString()));
}
