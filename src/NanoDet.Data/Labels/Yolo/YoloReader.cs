using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels.Yolo;

/// <summary>
/// Reads YOLO text: one object per line, <c>class x y width height</c> with the centre and the size relative to the image's size,
/// perhaps with a confidence or with a confidence and the number of a track, which are ignored, or with keypoints (<see cref="YoloKeypoints"/>); or
/// <c>class x1 y1 x2 y2 x3 y3 …</c> for a polygon, which becomes the box around it.
/// <para>
/// Edges are rounded to a hundredth of a pixel. Tools write six decimals, which moves the edge of a box on
/// whole pixels by up to 0.00075 pixels for every thousand pixels of the image; rounding moves it back to the whole pixel.
/// </para>
/// </summary>
public static class YoloReader
{
    internal const long MaxLength = 16 << 20;
    private const int Decimals = 2;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The text file.</param>
    /// <param name="classes">The names in the class file; the number in a line is the index.</param>
    /// <param name="width">Width of the image in pixels.</param>
    /// <param name="height">Height of the image in pixels.</param>
    /// <exception cref="NanoDetException">NDB1001 to NDB1003, NDB1005, NDB1010 or NDB1045.</exception>
    public static LabeledImage Read(string path, ClassList classes, int width, int height)
        => Read(LabelFile.Read(path, MaxLength), path, classes, width, height);

    /// <summary>Reads the content of a file.</summary>
    /// <returns>The labels, without a file name, which this format does not have.</returns>
    /// <exception cref="NanoDetException">NDB1001, NDB1005, NDB1010 or NDB1045.</exception>
    public static LabeledImage Read(ReadOnlySpan<byte> content, string path, ClassList classes, int width, int height)
        => Read(content, path, classes, width, height, new YoloSet());

    /// <summary>Reads the content of a file among others of a set, which tell more together.</summary>
    internal static LabeledImage Read(ReadOnlySpan<byte> content, string path, ClassList classes, int width, int height, YoloSet set)
    {
        var text = EncodedText.InUtf8(content);
        var rows = new YoloRows(classes);
        var errors = new LabelErrors();
        NanoDetException? foreign = null;
        var isForeign = true;
        var number = 0;
        foreach (var range in text.Split(text.Contains((byte)'\n') ? (byte)'\n' : (byte)'\r'))
        {
            number++;
            var line = text[range].Trim(" \t\r"u8);
            if (!line.IsEmpty && !errors.IsFull)
            {
                try
                {
                    rows.Add(line, new(path, number, 1));
                }
                catch (NanoDetException exception)
                {
                    foreign ??= exception;
                    isForeign &= exception.Code == "NDB1010";
                    errors.Add(exception.Diagnostic);
                }
            }
        }

        if (foreign is not null && isForeign && rows.Count == 0)
        {
            throw foreign; // Each line would say it again.
        }

        rows.CheckAngles(errors);
        // A file with errors says nothing about the others, and what its longer lines mean may depend on a line that could not be read.
        var areBoxes = classes.KeypointNumbers is null && (errors.Any || set.AreBoxes(rows, path));
        var objects = ImmutableArray.CreateBuilder<LabeledObject>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows.Box(i, areBoxes, errors) is not { } box)
            {
                continue;
            }

            objects.Add(new(rows.ClassName(i), new(Edge(box.Left, width), Edge(box.Top, height), Edge(box.Right, width), Edge(box.Bottom, height)))
            {
                Location = rows.Location(i),
            });
        }

        errors.ThrowIfAny();
        return new("", objects.MoveToImmutable()) { Width = width, Height = height, Location = new(path) };
    }

    /// <summary>An edge in pixels, to a hundredth.</summary>
    internal static double Edge(double part, int size) => Math.Round(part * size, Decimals) + 0.0;
}
