using System.Text.Json;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels.LabelStudio;

/// <summary>
/// Reads Label Studio's exports JSON and JSON-MIN: a list of tasks, each with an image and what people drew on it, or one task alone, as
/// its storage has them. Predictions, drafts and skipped annotations are no labels, and an image with nothing else has none. See https://labelstud.io/guide/task_format.
/// </summary>
internal static class LabelStudioReader
{
    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The bytes of the file, in UTF-8.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <exception cref="NanoDetException">NDB1001, NDB1005, NDB1006, NDB1010, NDB1046.</exception>
    public static LabelFileContent Read(ReadOnlySpan<byte> content, string path)
    {
        var labels = new ImageLabels();
        foreach (var task in JsonCursor.Read(content, path, ReadDocument))
        {
            task.AddTo(labels);
        }

        return labels.ToContent(LabelFormat.LabelStudio);
    }

    private static List<LabelStudioTask> ReadDocument(ref JsonCursor cursor)
    {
        if (cursor.ValueType == JsonTokenType.StartObject)
        {
            var only = new LabelStudioTask(cursor.Location);
            only.Read(ref cursor);
            return [only];
        }

        var tasks = new List<LabelStudioTask>();
        var flat = new Dictionary<(long?, string?), LabelStudioTask>();
        cursor.EnterArray("the document");
        cursor.Elements((ref JsonCursor element) =>
        {
            var task = new LabelStudioTask(element.Location);
            task.Read(ref element);
            if (!task.IsFlat || flat.TryAdd((task.Id, task.Image), task))
            {
                tasks.Add(task);
            }
            else
            {
                flat[(task.Id, task.Image)].Annotations.AddRange(task.Annotations);
            }
        });

        return tasks;
    }
}
