using System.Text.Json.Nodes;
using NanoDet.Testing;

namespace NanoDet.SmallBoards.Programs;

/// <summary>The programs for both systems and what they look at, in one folder below the board's root: both run the same files.</summary>
internal sealed class WorkFolder
{
    /// <summary>How the library's program is published, by the name of its folder.</summary>
    public static IReadOnlyDictionary<string, string[]> Forms { get; } = new Dictionary<string, string[]>
    {
        ["self-contained"] = ["--self-contained"],
        ["trimmed"] = ["--self-contained", "-p:PublishTrimmed=true", "-p:PublishSingleFile=true"],
    };

    private const int EvaluatedImages = 12;

    private readonly string _folder;

    /// <summary>Fills the folder.</summary>
    /// <param name="folder">The folder, which is emptied.</param>
    /// <param name="building">A folder for packages and projects, which is emptied.</param>
    public WorkFolder(string folder, string building)
    {
        _folder = folder;
        foreach (var old in (string[])[folder, building])
        {
            if (Directory.Exists(old))
            {
                Directory.Delete(old, recursive: true);
            }

            Directory.CreateDirectory(old);
        }

        var feed = Path.Combine(building, "feed");
        Feed.Pack(feed);
        var program = new LibraryProgram(Path.Combine(building, "finder"), feed);
        foreach (var target in (Target[])[Target.Host, Target.Board])
        {
            Package[target] = ToolProgram.Unpack(feed, target, Of("tool", target));
            foreach (var (form, options) in Forms)
            {
                program.Publish(Of(form, target), target, options);
            }
        }

        BoardRuntime.Make(Of("self-contained", Target.Board), Path.Combine(folder, "dotnet"));
        BoardRuntime.MakeStarter(Path.Combine(building, "starter"), Of("tool", Target.Board));
        File.Copy(SharedData.Path("models/nanodet-plus-m_416.onnx"), Path.Combine(folder, "model.onnx"));
        Copy("media/*.jpg", "pictures");
        Copy("media/street.mp4", "videos");
        Copy("datasets/coco-tiny/val2017/*.jpg", "val2017");
        File.WriteAllText(Path.Combine(folder, "labels.json"), FewLabels(SharedData.Path("datasets/coco-tiny/annotations/instances_val2017.json")));
    }

    /// <summary>The tool's package for each system.</summary>
    public Dictionary<Target, FileInfo> Package { get; } = [];

    /// <summary>Path of what the programs of a system share.</summary>
    public string this[string relative] => Path.Combine(_folder, relative);

    /// <summary>The bytes of a program's files.</summary>
    public long Size(string program, Target target) => Directory.EnumerateFiles(Of(program, target)).Sum(file => new FileInfo(file).Length);

    // An emulated processor takes seconds for an image.
    private static string FewLabels(string file)
    {
        var labels = JsonNode.Parse(File.ReadAllText(file))!;
        var images = labels["images"]!.AsArray().OrderBy(image => (string)image!["file_name"]!, StringComparer.Ordinal).Take(EvaluatedImages).Select(image => (long)image!["id"]!).ToHashSet();
        labels["images"]!.AsArray().RemoveAll(image => !images.Contains((long)image!["id"]!));
        labels["annotations"]!.AsArray().RemoveAll(annotation => !images.Contains((long)annotation!["image_id"]!));
        return labels.ToJsonString();
    }

    private string Of(string program, Target target) => Path.Combine(_folder, target.RuntimeIdentifier, program);

    private void Copy(string pattern, string to)
    {
        var output = Directory.CreateDirectory(Path.Combine(_folder, to)).FullName;
        foreach (var file in Directory.EnumerateFiles(SharedData.Path(Path.GetDirectoryName(pattern)!), Path.GetFileName(pattern)))
        {
            File.Copy(file, Path.Combine(output, Path.GetFileName(file)));
        }
    }
}
