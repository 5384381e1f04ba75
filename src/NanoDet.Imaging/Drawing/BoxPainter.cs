using System.Globalization;
using NanoDet.Core.Geometry;
using SkiaSharp;

namespace NanoDet.Imaging.Drawing;

/// <summary>
/// Draws boxes and names that are readable on any picture: a coloured line between two dark ones, and the name on a chip
/// of the class's colour. Everything scales with the picture. A name that no font of this machine can draw is replaced by
/// <c>#</c> and the class's number.
/// </summary>
public static class BoxPainter
{
    /// <summary>Returns the names that no font of this machine can draw.</summary>
    public static IReadOnlyList<string> Unwritable(IEnumerable<string> names) => [.. names.Where(name => LabelText.TryCreate(name) is null)];

    /// <summary>Draws into a picture.</summary>
    /// <param name="image">The picture, changed in place.</param>
    /// <param name="boxes">The boxes; larger ones are drawn first, so that small ones are on top, and names last.</param>
    public static unsafe void Draw(PixelImage image, IReadOnlyList<DrawnBox> boxes)
    {
        fixed (byte* pixels = image.Bytes)
        {
            var info = new SKImageInfo(image.Width, image.Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
            using var surface = SKSurface.Create(info, (nint)pixels, image.Stride);
            Draw(surface.Canvas, SKRect.Create(image.Width, image.Height), boxes, 1);
        }
    }

    /// <summary>Draws onto a canvas.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="area">The area of the picture; its size decides the size of lines and letters.</param>
    /// <param name="boxes">The boxes, in pixels of the picture.</param>
    /// <param name="scale">Pixels of the canvas per pixel of the picture.</param>
    internal static void Draw(SKCanvas canvas, SKRect area, IReadOnlyList<DrawnBox> boxes, float scale)
    {
        var side = MathF.Sqrt(area.Width * area.Height);
        var line = Math.Max(2, MathF.Round(side / 260));
        var letters = Math.Max(9, side * 0.023f);
        var ordered = boxes.OrderByDescending(box => box.Box.Area).ToList();
        foreach (var box in ordered)
        {
            DrawOutline(canvas, Place(box.Box, area, scale), box, line);
        }

        var placement = new ChipPlacement(area);
        foreach (var box in ordered.Where(box => box.Name.Length > 0))
        {
            DrawChip(canvas, Place(box.Box, area, scale), box, placement, line, letters, area.Width);
        }
    }

    private static void DrawOutline(SKCanvas canvas, SKRect place, DrawnBox box, float line)
    {
        // On whole pixels, so that the line is crisp.
        var shift = line % 2 / 2;
        place = new(Snap(place.Left), Snap(place.Top), Snap(place.Right), Snap(place.Bottom));
        using var dashes = box.Dashed ? SKPathEffect.CreateDash([line * 4, line * 3], 0) : null;
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke };
        paint.Color = new SKColor(0, 0, 0, 130);
        paint.StrokeWidth = line + Math.Max(1.5f, line * 0.7f);
        canvas.DrawRoundRect(place, line, line, paint);
        paint.Color = ClassPalette.Color(box.Label);
        paint.StrokeWidth = line;
        paint.PathEffect = dashes;
        canvas.DrawRoundRect(place, line, line, paint);

        float Snap(float value) => MathF.Round(value) + shift;
    }

    private static void DrawChip(SKCanvas canvas, SKRect place, DrawnBox box, ChipPlacement placement, float line, float letters, float room)
    {
        var text = TextOf(box);
        var padding = letters * 0.35f;
        var width = text.Measure(letters);
        if (width + (2 * padding) > room)
        {
            // A long name on a narrow picture gets smaller letters instead of being cut off.
            letters *= room / (width + (2 * padding));
            padding = letters * 0.35f;
            width = text.Measure(letters);
        }

        var chip = placement.Take(place, width + (2 * padding), letters * 1.35f, line);
        var color = ClassPalette.Color(box.Label);
        using var paint = new SKPaint { IsAntialias = true, Color = color };
        canvas.DrawRoundRect(chip, letters * 0.2f, letters * 0.2f, paint);
        paint.Color = ClassPalette.TextOn(color);
        text.Draw(canvas, chip.Left + padding, chip.Top + (letters * 1.02f), letters, paint);
    }

    private static LabelText TextOf(DrawnBox box)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"#{box.Label}");
        var score = box.Score is { } value ? string.Create(CultureInfo.InvariantCulture, $" {value:0.00}") : "";
        return LabelText.TryCreate(box.Name + score) ?? LabelText.TryCreate(number + score)!;
    }

    private static SKRect Place(BoundingBox box, SKRect area, float scale)
    {
        var clipped = box.Clip(area.Width / scale, area.Height / scale);
        return new(
            area.Left + ((float)clipped.Left * scale), area.Top + ((float)clipped.Top * scale),
            area.Left + ((float)clipped.Right * scale), area.Top + ((float)clipped.Bottom * scale));
    }
}
