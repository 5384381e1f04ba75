using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Imaging;
using NanoDet.Imaging.Drawing;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Results;
using NanoDet.Tool.Terminal;
using NanoDet.Vision.Preview;

namespace NanoDet.Tool.Viewing;

/// <summary>
/// The output of <c>nanodet view</c>, by the extension of <c>--out</c>: <c>.html</c> is a page with all pictures; <c>.png</c> and
/// <c>.jpg</c> are the picture itself if there is only one, and otherwise a contact sheet.
/// </summary>
internal sealed class PreviewOutput
{
    private readonly string _path;
    private readonly bool _isPage;

    /// <summary>Checks the extension.</summary>
    /// <exception cref="UsageException">The extension is not one of these.</exception>
    public PreviewOutput(string path)
    {
        _path = path;
        _isPage = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".HTML" or ".HTM" => true,
            ".PNG" or ".JPG" or ".JPEG" => false,
            _ => throw new UsageException($"--out must end with .html, .png or .jpg, but is '{path}'"),
        };
    }

    /// <summary>The largest number of pictures on a contact sheet.</summary>
    public int SheetSize { get; init; } = 100;

    /// <summary>Pictures in a row of a contact sheet; null for an about square sheet.</summary>
    public int? Columns { get; init; }

    /// <summary>Writes the file.</summary>
    /// <param name="set">The pictures, at least one.</param>
    /// <param name="problem">Takes the names that no font can draw.</param>
    /// <param name="cancellation">Stops without writing anything.</param>
    /// <returns>The number of pictures in the output.</returns>
    /// <exception cref="NanoDetException">NDB6105, or the reason why the only image cannot be decoded (NDB12xx).</exception>
    public int Write(PreviewSet set, Action<Diagnostic> problem, CancellationToken cancellation)
    {
        var pictures = set.Pictures;
        if (pictures.Any(picture => Path.GetFullPath(picture.File) == Path.GetFullPath(_path)))
        {
            throw new NanoDetException(ToolDiagnostics.UnwritableFile(_path, "it is one of the input images"));
        }

        return WrittenFile.Write(_path, () =>
        {
            if (_isPage)
            {
                PreviewPage.Write(_path, Path.GetFileNameWithoutExtension(_path), pictures, set.Classes.Names, set.Input, cancellation);
                return pictures.Count;
            }

            var shown = Spread(pictures);
            new FontCheck(problem).Check(shown.SelectMany(picture => picture.Boxes));
            var image = shown.Count == 1 ? Draw(shown[0]) : ContactSheet.Draw(shown, Columns ?? SquareColumns(shown.Count));
            AtomicFile.Write(_path, ImageEncoder.EncodeFor(_path, image));
            return shown.Count;
        });
    }

    /// <summary>Chooses as many as fit on a sheet, evenly from all, because the first ones in a folder often show the same scene.</summary>
    private IReadOnlyList<PreviewPicture> Spread(IReadOnlyList<PreviewPicture> pictures)
        => pictures.Count <= SheetSize ? pictures
            : [.. Enumerable.Range(0, SheetSize).Select(i => pictures[(int)((long)i * pictures.Count / SheetSize)])];

    private static int SquareColumns(int count) => (int)Math.Ceiling(Math.Sqrt(count));

    private static PixelImage Draw(PreviewPicture picture)
    {
        var image = ImageDecoder.Load(picture.File, picture.Orientation);
        BoxPainter.Draw(image, picture.Boxes);
        return image;
    }
}
