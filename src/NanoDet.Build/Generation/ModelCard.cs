using System.Globalization;
using System.Text;
using NanoDet.Data.Evaluation;
using NanoDet.Pipeline.Manifest;

namespace NanoDet.Build.Generation;

/// <summary>Describes a model to those who may use it, as Markdown: the readme of its package.</summary>
internal static class ModelCard
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "card.md";

    private const string Special = "\\`*_{}[]()<>#+-.!|~&$@";
    private const int MostNamedClasses = 12;
    private const string Open = "{";
    private const string Close = "}";

    /// <summary>The page.</summary>
    /// <param name="manifest">The model.</param>
    /// <param name="withPreview">Whether the package has the sheet of pictures.</param>
    public static byte[] Of(ModelManifest manifest, bool withPreview)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # {Escape(manifest.Name)} {Escape(manifest.Version)}

            An object-detection model: it finds {Classes(manifest)} in pictures. NanoDet.Build {Escape(manifest.Tool)} trained it from labelled pictures, exported it to ONNX, and measured the exported file.

            ## Use

            The build of a program that references this package puts `{manifest.Name}.onnx` and `{manifest.Name}.manifest.json` beside the program.{(manifest.HasDetections ? $" `{manifest.Name}{ModelManifest.DetectionsExtension}` comes with them: the model with decoding and non-maximum suppression inside, for other runtimes than NanoDet.Detection." : "")} A C# project gets the class `ModelInfo`, and with the package `NanoDet.Detection` the model runs:

            ```csharp
            using var detector = ModelInfo.Load();
            foreach (var found in detector.Detect("photo.jpg"))
            {Open}
                Console.WriteLine(found);
            {Close}
            ```

            Input: {manifest.Model.InputWidth}x{manifest.Model.InputHeight} pixels. Detections with a score above {manifest.Model.ScoreThreshold:0.##} are shown.

            ## What it is meant for

            Pictures like those that it was trained on: the same kinds of objects, cameras, distances and light. The figures below hold for such pictures alone; measure the model on your own before you rely on it. It finds nothing but its classes, misses some objects and takes others for them, so nobody's safety may depend on it alone.

            ## How good it is


            """);
        Figures(text, "validation part, which chose the model among those of the training", manifest.Evaluation.Validation);
        Figures(text, "test part, which the training never saw", manifest.Evaluation.Test);
        text.Append(CultureInfo.InvariantCulture, $"""
            mAP is the mean average precision of COCO over IoU thresholds from 0.50 to 0.95, and mAP50 at 0.50; 1 is perfect.{(withPreview ? $" `model/{manifest.Name}.preview.png` in this package shows pictures of the validation part with what the model finds on them." : "")}

            ## Data

            | part | pictures |
            |---|---:|
            | training | {manifest.Data.TrainingImages} |
            | validation | {manifest.Data.ValidationImages} |
            | test | {manifest.Data.TestImages} |

            {manifest.Data.Objects} labelled objects in all. Fingerprint of pictures and labels: `{manifest.Data.Fingerprint}`.

            ## Origin

            {Origin(manifest)} The same inputs give {(manifest.Reproducibility.Tier == "bit-exact" ? "the same bytes on the same kind of processor" : "figures that differ a little")}.{(manifest.Commit is { } commit ? $" Commit: `{commit}`." : "")} The manifest has every setting.

            ## Licence

            {(manifest.Model.License is { } license ? $"The model: {Escape(license)}." : "The project that made the model states no licence for it; ask its owner.")}

            """);
        return Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n").ToString());
    }

    private static void Figures(StringBuilder text, string part, PartResult? result)
    {
        if (result is null)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"On the {part} ({(result.Images == 1 ? "1 picture" : $"{result.Images} pictures")}):\n\n| class | mAP | mAP50 |\n|---|---:|---:|\n");
        Row("**all**", result.Map, result.Map50);
        foreach (var entry in result.Classes)
        {
            Row(Escape(entry.Name), entry.Map, entry.Map50);
        }

        text.Append('\n');

        void Row(string name, double? map, double? map50)
            => text.Append(CultureInfo.InvariantCulture, $"| {name} | {Figure(map)} | {Figure(map50)} |\n");
    }

    private static string Figure(double? figure) => figure?.ToString("F3", CultureInfo.InvariantCulture) ?? "no objects";

    private static string Classes(ModelManifest manifest)
    {
        var classes = manifest.Model.Classes;
        var named = string.Join(", ", classes.Take(MostNamedClasses).Select(Escape));
        return classes.Length <= MostNamedClasses ? named : $"{named} and {classes.Length - MostNamedClasses} other classes";
    }

    private static string Origin(ModelManifest manifest) => manifest.Lineage.Policy switch
    {
        "scratch" => "Trained from random weights.",
        "pretrained" => $"Trained from pretrained weights (SHA-256 `{manifest.Lineage.Parent}`).",
        "finetune" => $"A short training that continued from an earlier model (SHA-256 of its weights `{manifest.Lineage.Parent}`), number {manifest.Lineage.Generation} since the last new training.",
        _ => $"The weights of an earlier model (SHA-256 `{manifest.Lineage.Parent}`).",
    };

    // Names come from outside; on the page they are text and nothing else.
    private static string Escape(string text) => string.Concat(text.Select(character => Special.Contains(character, StringComparison.Ordinal) ? $"\\{character}" : $"{character}"));
}
