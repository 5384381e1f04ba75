using System.Globalization;
using System.Text.Json;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels.LabelStudio;

/// <summary>What one person drew on an image.</summary>
internal sealed class LabelStudioAnnotation
{
    private readonly List<LabelStudioShape> _shapes = [];

    /// <summary>Whether the person skipped the image.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Whether somebody marked it as the right one.</summary>
    public bool IsGroundTruth { get; private set; }

    /// <summary>When it was changed last; null if the file does not say it.</summary>
    public DateTimeOffset? Changed { get; private set; }

    /// <summary>The size of the image in pixels, as far as a shape has it.</summary>
    public (int? Width, int? Height) ImageSize => _shapes.Find(shape => shape.ImageSize is { Width: not null, Height: not null })?.ImageSize ?? default;

    /// <summary>
    /// The shapes that are objects or would be with a class. A region with answers, such as its text, is there once for each of them; and
    /// a shape drawn apart from its label is there without and with it.
    /// </summary>
    public IEnumerable<LabelStudioShape> Objects
    {
        get
        {
            var labelled = _shapes.Where(shape => shape.Classes.Count > 0).Select(shape => shape.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
            return _shapes.Where(shape => shape.Classes.Count > 0 || (shape.IsDrawn && !(shape.Id is { } id && labelled.Contains(id))));
        }
    }

    /// <summary>Reads an entry of <c>annotations</c>.</summary>
    /// <exception cref="NanoDetException">NDB1001.</exception>
    public void Read(ref JsonCursor cursor)
    {
        cursor.EnterObject("an annotation");
        while (cursor.NextProperty())
        {
            if (TryReadMember(ref cursor))
            {
                continue;
            }

            if (cursor.NameIs("result"u8))
            {
                ReadShapes(ref cursor);
            }
            else
            {
                cursor.Skip();
            }
        }
    }

    /// <summary>Reads the current member, if it says which annotation counts.</summary>
    public bool TryReadMember(ref JsonCursor cursor)
    {
        if (cursor.NameIs("was_cancelled"u8) || cursor.NameIs("cancelled"u8) || cursor.NameIs("skipped"u8))
        {
            IsCancelled |= cursor.Flag();
        }
        else if (cursor.NameIs("ground_truth"u8))
        {
            IsGroundTruth = cursor.Flag();
        }
        else if (cursor.NameIs("updated_at"u8))
        {
            // Without an offset, it is the server's time, which is UTC unless somebody changed that.
            Changed = DateTimeOffset.TryParse(cursor.TextIfAny(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>Reads a list of shapes; entries of another kind are none.</summary>
    /// <exception cref="NanoDetException">NDB1001.</exception>
    public void ReadShapes(ref JsonCursor cursor)
    {
        if (!cursor.TryEnterArray("'result'"))
        {
            return;
        }

        cursor.Elements((ref JsonCursor element) =>
        {
            var shape = new LabelStudioShape(element.Location);
            if (element.ValueType == JsonTokenType.StartObject)
            {
                shape.Read(ref element);
                if (!shape.IsRelation)
                {
                    _shapes.Add(shape);
                }
            }
            else
            {
                element.Skip();
            }
        });
    }
}
