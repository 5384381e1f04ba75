using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Images;

namespace NanoDet.Data.Labels.LabelStudio;

/// <summary>A task: an image, and what each person drew on it.</summary>
/// <param name="location">The place of its entry.</param>
internal sealed class LabelStudioTask(SourceLocation location)
{
    private const string UsualName = "image";

    private readonly List<(string Name, string Path)> _images = [];

    /// <summary>Its id; null if it has none.</summary>
    public long? Id { get; private set; }

    /// <summary>The path of its image, or of the first of several; null if it has none.</summary>
    public string? Image => _images.Find(image => image.Name == UsualName).Path ?? _images.FirstOrDefault().Path;

    /// <summary>Whether it is one of JSON-MIN, which has an entry for each annotation.</summary>
    public bool IsFlat { get; private set; } = true;

    /// <summary>What people drew.</summary>
    public List<LabelStudioAnnotation> Annotations { get; } = [];

    /// <summary>Reads an entry of an export; in JSON-MIN, the image and the shapes are at its top.</summary>
    /// <exception cref="NanoDetException">NDB1001, NDB1005.</exception>
    public void Read(ref JsonCursor cursor)
    {
        var flat = new LabelStudioAnnotation();
        cursor.EnterObject("a task");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("id"u8))
            {
                Id = cursor.Id("id");
            }
            else if (cursor.NameIs("data"u8))
            {
                IsFlat = false;
                ReadData(ref cursor);
            }
            else if (cursor.NameIs("annotations"u8) || cursor.NameIs("completions"u8))
            {
                ReadAnnotations(ref cursor);
            }
            else if (cursor.NameIs("task"u8) && cursor.ValueType == JsonTokenType.StartObject)
            {
                ReadTask(ref cursor);
            }
            else if (cursor.NameIs("predictions"u8) || cursor.NameIs("drafts"u8))
            {
                cursor.Skip();
            }
            else if (!flat.TryReadMember(ref cursor))
            {
                ReadOther(ref cursor, flat);
            }
        }

        if (IsFlat)
        {
            Annotations.Add(flat);
        }
    }

    /// <summary>Adds the labels of one annotation: the one that is marked as ground truth, or else the one that was changed last.</summary>
    /// <param name="labels">Takes them; nothing where nobody labelled the image.</param>
    /// <exception cref="NanoDetException">NDB1006, NDB1010, NDB1046.</exception>
    public void AddTo(ImageLabels labels)
    {
        var finished = Annotations.FindAll(annotation => !annotation.IsCancelled);
        if (finished.OrderBy(annotation => annotation.IsGroundTruth).ThenBy(annotation => annotation.Changed).LastOrDefault() is not { } chosen)
        {
            return;
        }

        if (finished.Count > 1)
        {
            labels.NoteAnnotators(location);
        }

        foreach (var shape in chosen.Objects)
        {
            shape.AddTo(labels);
        }

        labels.EndImage(ImageOf(chosen) ?? throw new NanoDetException(LabelDiagnostics.IncompleteObject(location, UsualName)), chosen.ImageSize, location);
    }

    /// <summary>The image that shapes are drawn on. Shapes name the control, which often has the name of the data.</summary>
    private string? ImageOf(LabelStudioAnnotation annotation)
    {
        var named = annotation.Objects.Select(shape => shape.ImageName).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (_images.Count < 2)
        {
            return Image;
        }

        var found = named is [var name] ? _images.Find(image => image.Name == name).Path ?? _images.Find(image => image.Name == UsualName).Path : null;
        return found ?? (named.Count == 0 ? Image : throw new NanoDetException(LabelDiagnostics.OtherForm(
            location, "a task with several images", "make tasks of one image each, or give the Image tag the name of its value")));
    }

    /// <summary>The image has the name that the labelling interface gives it, which is <c>image</c> nearly always.</summary>
    private void ReadData(ref JsonCursor cursor)
    {
        if (!cursor.TryEnterObject())
        {
            return;
        }

        while (cursor.NextProperty())
        {
            ReadText(ref cursor, cursor.Name);
        }
    }

    /// <summary>The task of an annotation that its storage has by itself, with the shapes beside it.</summary>
    private void ReadTask(ref JsonCursor cursor)
    {
        cursor.EnterObject("'task'");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("data"u8))
            {
                ReadData(ref cursor);
            }
            else
            {
                cursor.Skip();
            }
        }
    }

    private void ReadAnnotations(ref JsonCursor cursor)
    {
        if (!cursor.TryEnterArray("'annotations'"))
        {
            return;
        }

        cursor.Elements((ref JsonCursor element) =>
        {
            var annotation = new LabelStudioAnnotation();
            annotation.Read(ref element);
            Annotations.Add(annotation);
        });
    }

    private void ReadOther(ref JsonCursor cursor, LabelStudioAnnotation flat)
    {
        var name = cursor.Name;
        if (name == UsualName || cursor.ValueType != JsonTokenType.StartArray)
        {
            ReadText(ref cursor, name);
        }
        else
        {
            flat.ReadShapes(ref cursor);
        }
    }

    private void ReadText(ref JsonCursor cursor, string name)
    {
        if (cursor.TextIfAny() is { } text && PictureAddress.PathOf(text) is var path && (name == UsualName || PictureFile.Is(path)))
        {
            _images.Add((name, path));
        }
    }
}
