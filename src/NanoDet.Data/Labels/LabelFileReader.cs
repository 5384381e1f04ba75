using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Labels.CreateMl;
using NanoDet.Data.Labels.Datumaro;
using NanoDet.Data.Labels.LabelMe;
using NanoDet.Data.Labels.LabelStudio;
using NanoDet.Data.Labels.Via;
using NanoDet.Data.Labels.Voc;
using NanoDet.Data.Labels.Vott;

namespace NanoDet.Data.Labels;

/// <summary>Reads a label file of any form but YOLO, whose numbers mean nothing without the image's size and the classes.</summary>
internal static class LabelFileReader
{
    /// <summary>Whether a file holds YOLO's text.</summary>
    public static bool IsYolo(string path) => Path.GetExtension(path.AsSpan()).Equals(".txt", StringComparison.OrdinalIgnoreCase);

    /// <summary>Why YOLO's text cannot be read where nobody lists the classes: NDB1062, or NDB1010 where it is another form.</summary>
    /// <param name="paths">What such files are called in diagnostics, at least one. The first that is not empty, as those of pictures without objects are, is looked at.</param>
    /// <param name="full">Where a file is.</param>
    /// <exception cref="NanoDetException">NDB1002, NDB1003.</exception>
    public static Diagnostic WithoutClasses(IReadOnlyCollection<string> paths, Func<string, string> full)
    {
        var (path, first) = paths.Select(path => (path, LabelFormatDetector.First(full(path)))).FirstOrDefault(file => !LabelTrace.IsEmpty(file.Item2), (paths.First(), []));
        return LabelTrace.Foreign(first, path) ?? DiscoveryDiagnostics.NoClassNames(path);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="full">Where it is.</param>
    /// <param name="path">What it is called in diagnostics.</param>
    /// <exception cref="NanoDetException">NDB10xx: what is wrong with it.</exception>
    public static LabelFileContent Read(string full, string path)
    {
        try
        {
            return InPixels(Path.GetExtension(path).ToUpperInvariant() switch
            {
                ".XML" => new(LabelFormat.Voc, [VocReader.Read(full, path)]),
                ".JSON" => ReadJson(LabelFile.Read(full, LabelFormatDetector.MaxLength), path),
                _ => throw new NanoDetException(LabelDiagnostics.UnknownFormat(new SourceLocation(path))),
            });
        }
        catch (NanoDetException exception) when (exception.Diagnostic.Location is { } location && location.File == full && full != path)
        {
            // Opening a file speaks of where it is; what it is called moves with the checkout.
            throw new NanoDetException(exception.Diagnostic with { Location = location with { File = path } }, exception);
        }
    }

    /// <summary>
    /// The same content, if its boxes are in pixels: YOLO's shares end up in the other forms where somebody converts them without the size of the
    /// image. Whole numbers are pixels, but in CreateML, which offers shares itself.
    /// </summary>
    /// <exception cref="NanoDetException">NDB1010: all boxes lie in the first pixel.</exception>
    private static LabelFileContent InPixels(LabelFileContent content)
    {
        LabeledObject? first = null;
        var areShares = content.Form == LabelFormat.CreateMl;
        foreach (var image in content.Images)
        {
            foreach (ref readonly var labeled in image.Objects.AsSpan())
            {
                if (labeled.Box is not { Right: <= 1, Bottom: <= 1, Left: > -1, Top: > -1 } box)
                {
                    return content;
                }

                first ??= labeled;
                areShares |= !(double.IsInteger(box.Left) && double.IsInteger(box.Top) && double.IsInteger(box.Right) && double.IsInteger(box.Bottom));
            }
        }

        return first is { } found && areShares
            ? throw new NanoDetException(LabelDiagnostics.OtherForm(
                found.Location!.Value, $"{content.Form.Name()}'s with shares of the image instead of pixels", "export the coordinates in pixels, or multiply them by the width and height of the image"))
            : content;
    }

    private static LabelFileContent ReadJson(ReadOnlySpan<byte> content, string path) => LabelFormatDetector.DetectJson(content, path) switch
    {
        LabelFormat.Coco => CocoConversion.ToContent(CocoReader.Read(content, path)),
        LabelFormat.LabelMe when content.Length > LabelMeReader.MaxLength
            => throw new NanoDetException(LabelDiagnostics.FileTooLarge(new(path), content.Length, LabelMeReader.MaxLength)),
        LabelFormat.LabelMe => new(LabelFormat.LabelMe, [LabelMeReader.Read(content, path)]),
        LabelFormat.CreateMl => CreateMlReader.Read(content, path),
        LabelFormat.Via => ViaReader.Read(content, path),
        LabelFormat.Vott => VottReader.Read(content, path),
        LabelFormat.LabelStudio => LabelStudioReader.Read(content, path),
        LabelFormat.Datumaro => DatumaroReader.Read(content, path),
        _ => throw new NanoDetException(LabelFormatDetector.Unread(content, path)),
    };
}
