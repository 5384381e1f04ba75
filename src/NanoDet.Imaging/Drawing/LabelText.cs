using System.Collections.Immutable;
using System.Text;
using SkiaSharp;

namespace NanoDet.Imaging.Drawing;

/// <summary>A line of text, divided into runs with one typeface each. Characters are placed one by one, without shaping.</summary>
internal sealed class LabelText
{
    private readonly ImmutableArray<(string Text, SKTypeface Typeface)> _runs;

    private LabelText(ImmutableArray<(string Text, SKTypeface Typeface)> runs) => _runs = runs;

    /// <summary>Lays out a text; null if no typeface of this machine has one of its characters.</summary>
    public static LabelText? TryCreate(string text)
    {
        var script = LabelTypefaces.ScriptOf(text);
        var runs = ImmutableArray.CreateBuilder<(string, SKTypeface)>();
        var run = new StringBuilder();
        SKTypeface? current = null;
        foreach (var character in text.EnumerateRunes().Where(rune => !Rune.IsControl(rune)))
        {
            var typeface = LabelTypefaces.For(character, script);
            if (typeface is null)
            {
                return null;
            }

            if (typeface != current && run.Length > 0)
            {
                runs.Add((run.ToString(), current!));
                run.Clear();
            }

            current = typeface;
            run.Append(character.ToString());
        }

        if (run.Length > 0)
        {
            runs.Add((run.ToString(), current!));
        }

        return new(runs.DrainToImmutable());
    }

    /// <summary>The width in pixels.</summary>
    /// <param name="size">Size of the letters in pixels.</param>
    public float Measure(float size)
    {
        var width = 0f;
        foreach (var (text, typeface) in _runs)
        {
            using var font = FontOf(typeface, size);
            width += font.MeasureText(text);
        }

        return width;
    }

    /// <summary>Draws the text.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="x">Left end, in pixels.</param>
    /// <param name="baseline">The baseline of the letters, in pixels.</param>
    /// <param name="size">Size of the letters in pixels.</param>
    /// <param name="paint">The colour.</param>
    public void Draw(SKCanvas canvas, float x, float baseline, float size, SKPaint paint)
    {
        foreach (var (text, typeface) in _runs)
        {
            using var font = FontOf(typeface, size);
            canvas.DrawText(text, x, baseline, font, paint);
            x += font.MeasureText(text);
        }
    }

    private static SKFont FontOf(SKTypeface typeface, float size)
        => new(typeface, size) { Edging = SKFontEdging.Antialias, Subpixel = true, Hinting = SKFontHinting.None };
}
