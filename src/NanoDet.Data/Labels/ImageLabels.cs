using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>
/// The labels in a file about many images, as they are read. What is left out, or read as something simpler, is told once a kind,
/// with the image of the first such object.
/// </summary>
internal sealed class ImageLabels
{
    private readonly ImmutableArray<LabeledImage>.Builder _images = ImmutableArray.CreateBuilder<LabeledImage>();
    private readonly ImmutableArray<LabeledObject>.Builder _objects = ImmutableArray.CreateBuilder<LabeledObject>();
    private readonly Dictionary<Told, (ProblemCount Count, int Image)> _told = [];

    private enum Told
    {
        Area,
        Class,
        Rotation,
        Annotators,
    }

    /// <summary>Adds an object of the image that is read: one for each of its classes, as the tools count them.</summary>
    /// <param name="classes">Its classes.</param>
    /// <param name="labeled">The object, whose class does not matter yet.</param>
    /// <exception cref="NanoDetException">NDB1046.</exception>
    public void Add(IEnumerable<string> classes, in LabeledObject labeled)
    {
        var count = _objects.Count;
        foreach (var name in classes)
        {
            if (ClassName.Checked(name, labeled.Location) is { Length: > 0 } plain)
            {
                _objects.Add(labeled with { ClassName = plain });
            }
        }

        if (_objects.Count == count)
        {
            NoteWithoutClass(labeled.Location!.Value);
        }
    }

    /// <summary>Adds an object of the image that is read, or notes that it has no area.</summary>
    /// <param name="classes">Its classes.</param>
    /// <param name="box">Its box; null for none.</param>
    /// <param name="location">Its place.</param>
    /// <exception cref="NanoDetException">NDB1046.</exception>
    public void Add(IEnumerable<string> classes, BoundingBox? box, SourceLocation location)
    {
        if (box is { } known)
        {
            Add(classes, new LabeledObject("", known) { Location = location });
        }
        else
        {
            NoteWithoutArea(location);
        }
    }

    /// <summary>Notes an annotation without an area.</summary>
    public void NoteWithoutArea(SourceLocation location) => Note(Told.Area, location);

    /// <summary>Notes an object without a class.</summary>
    public void NoteWithoutClass(SourceLocation location) => Note(Told.Class, location);

    /// <summary>Notes a turned box, of which the upright one around it was added.</summary>
    public void NoteRotated(SourceLocation location) => Note(Told.Rotation, location);

    /// <summary>Notes an image with the labels of several people, one of which were added.</summary>
    public void NoteAnnotators(SourceLocation location) => Note(Told.Annotators, location);

    /// <summary>Takes a warning about the whole file, which has at least one image by then.</summary>
    public void Say(Diagnostic problem) => _images[0] = _images[0] with { Problems = [problem, .. _images[0].Problems] };

    /// <summary>Ends an image: it gets the objects that were added since the last one.</summary>
    /// <param name="fileName">Its name.</param>
    /// <param name="size">Its size, as far as the file has it.</param>
    /// <param name="location">The place of its entry.</param>
    public void EndImage(string fileName, (int? Width, int? Height) size, SourceLocation location)
        => _images.Add(new(fileName.Replace('\\', '/'), _objects.DrainToImmutable()) { Width = size.Width, Height = size.Height, Location = location });

    /// <summary>What the file holds.</summary>
    /// <param name="form">Its form.</param>
    /// <param name="classes">The classes that it lists.</param>
    public LabelFileContent ToContent(LabelFormat form, IEnumerable<string>? classes = null)
    {
        foreach (var (kind, (count, image)) in _told.OrderBy(entry => entry.Key))
        {
            var index = Math.Min(image, _images.Count - 1);
            if (index >= 0)
            {
                _images[index] = _images[index] with { Problems = [.. _images[index].Problems, Problem(kind, count)] };
            }
        }

        return new(form, _images.DrainToImmutable()) { Classes = [.. classes ?? []] };
    }

    private static Diagnostic Problem(Told kind, ProblemCount count) => kind switch
    {
        Told.Area => LabelDiagnostics.BoxesMissing(count.First, count.Count, "no box and no outline with an area (points and masks have none)"),
        Told.Class => LabelDiagnostics.ClassesMissing(count.First, count.Count),
        Told.Rotation => LabelDiagnostics.BoxesRotated(count.First, count.Count),
        _ => LabelDiagnostics.SeveralAnnotations(count.First, count.Count),
    };

    private void Note(Told kind, SourceLocation location)
    {
        var (count, image) = _told.GetValueOrDefault(kind, (default, _images.Count));
        count.Add(location);
        _told[kind] = (count, image);
    }
}
