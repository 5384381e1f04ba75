using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Results;

/// <summary>COCO results: the list of detections that pycocotools and <c>nanodet eval --detections</c> read.</summary>
/// <param name="output">The output.</param>
/// <param name="ids">The ids of images and classes.</param>
/// <param name="problem">Takes the images without an id.</param>
internal sealed class CocoResultWriter(TextWriter output, CocoIds ids, Action<Diagnostic> problem) : ResultWriter
{
    private bool _began;

    /// <inheritdoc />
    public override void Write(DetectedPicture picture)
    {
        if (ids.NextImage(picture.Input.Name) is not { } image)
        {
            problem(ToolDiagnostics.NoImageId(picture.Input.Name));
            return;
        }

        foreach (var found in picture.Objects)
        {
            if (ids.Category(found.Label) is { } category)
            {
                output.Write(_began ? ",\n" : "[\n");
                _began = true;
                var entry = new Entry(
                    image,
                    category,
                    [
                        PictureJson.Rounded(found.Box.Left), PictureJson.Rounded(found.Box.Top),
                        PictureJson.Rounded(found.Box.Width), PictureJson.Rounded(found.Box.Height),
                    ],
                    Math.Round(found.Score, 6));
                output.Write(JsonSerializer.Serialize(entry, ToolJson.SnakeLine));
            }
        }
    }

    /// <inheritdoc />
    /// <remarks>It has an id too, so that the ids of the others do not depend on it.</remarks>
    public override void Skip(string path) => ids.NextImage(path);

    /// <inheritdoc />
    public override void Finish() => output.Write(_began ? "\n]\n" : "[]\n");

    private sealed record Entry(long ImageId, long CategoryId, double[] Bbox, double Score);
}
