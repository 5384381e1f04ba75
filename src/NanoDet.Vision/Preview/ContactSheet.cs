using NanoDet.Core.Diagnostics;
using NanoDet.Imaging;
using NanoDet.Imaging.Drawing;
using NanoDet.Vision.Images;
using SkiaSharp;

namespace NanoDet.Vision.Preview;

/// <summary>Draws many pictures with their boxes on one sheet, each with its name below.</summary>
public static class ContactSheet
{
    private const int CellWidth = 320;
    private const int CellHeight = 262;
    private const int PictureHeight = 240;
    private const int Gap = 10;
    private const float Letters = 12;

    /// <summary>Draws a sheet.</summary>
    /// <param name="pictures">The pictures, at least one; an image that cannot be read is shown as an empty frame with its code.</param>
    /// <param name="columns">Pictures in a row.</param>
    public static unsafe PixelImage Draw(IReadOnlyList<PreviewPicture> pictures, int columns)
    {
        columns = Math.Min(columns, pictures.Count);
        var rows = (pictures.Count + columns - 1) / columns;
        var sheet = new PixelImage((columns * (CellWidth + Gap)) + Gap, (rows * (CellHeight + Gap)) + Gap);
        // Files are decoded in parallel; one thread draws the canvas.
        var small = new (PixelImage? Image, string Code)[pictures.Count];
        Parallel.For(0, pictures.Count, i => small[i] = Read(pictures[i]));
        fixed (byte* pixels = sheet.Bytes)
        {
            using var surface = SKSurface.Create(Info(sheet), (nint)pixels, sheet.Stride);
            surface.Canvas.Clear(new SKColor(0x1b, 0x1d, 0x22));
            for (var i = 0; i < pictures.Count; i++)
            {
                var cell = SKRect.Create(
                    Gap + (i % columns * (CellWidth + Gap)), Gap + (i / columns * (CellHeight + Gap)), CellWidth, CellHeight);
                DrawCell(surface.Canvas, cell, pictures[i], small[i].Image, small[i].Code);
            }
        }

        return sheet;
    }

    private static (PixelImage? Image, string Code) Read(PreviewPicture picture)
    {
        try
        {
            return (DatasetPicture.LoadSmall(picture.File, picture.ContentHash, CellWidth, picture.Orientation), "");
        }
        catch (NanoDetException exception)
        {
            return (null, exception.Diagnostic.Code + " ");
        }
    }

    private static unsafe void DrawCell(SKCanvas canvas, SKRect cell, PreviewPicture picture, PixelImage? image, string code)
    {
        var scale = Math.Min((float)CellWidth / picture.Width, (float)PictureHeight / picture.Height);
        var (width, height) = (picture.Width * scale, picture.Height * scale);
        var place = SKRect.Create(cell.Left + ((CellWidth - width) / 2), cell.Top + ((PictureHeight - height) / 2), width, height);
        using var paint = new SKPaint { IsAntialias = true, Color = new SKColor(0x2a, 0x2d, 0x34) };
        canvas.DrawRect(cell with { Bottom = cell.Top + PictureHeight }, paint);
        if (image is not null)
        {
            fixed (byte* pixels = image.Bytes)
            {
                using var drawn = SKImage.FromPixels(Info(image), (nint)pixels, image.Stride);
                canvas.DrawImage(drawn, place, new SKSamplingOptions(SKFilterMode.Linear));
            }

            canvas.Save();
            canvas.ClipRect(place);
            BoxPainter.Draw(canvas, place, picture.Boxes, scale);
            canvas.Restore();
        }

        paint.Color = code.Length > 0 ? new SKColor(0xff, 0x8a, 0x80) : new SKColor(0xd5, 0xd8, 0xdd);
        canvas.Save();
        canvas.ClipRect(cell);
        (LabelText.TryCreate(code + picture.Name) ?? LabelText.TryCreate(code)!).Draw(canvas, cell.Left, cell.Bottom - 6, Letters, paint);
        canvas.Restore();
    }

    private static SKImageInfo Info(PixelImage image) => new(image.Width, image.Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
}
