using System.Globalization;

namespace NanoDet.Data.Configuration;

/// <summary>Size of the network's input.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public readonly record struct InputSize(int Width, int Height)
{
    /// <summary>The largest side, in pixels.</summary>
    public const int LargestSide = 8192;

    /// <summary>Parses <c>320</c> (a square) or <c>320x192</c> (width, then height).</summary>
    /// <returns>Null if the text is neither, or a side is larger than <see cref="LargestSide"/>.</returns>
    public static InputSize? TryParse(string text)
    {
        var sides = text.Split('x', 'X');
        return sides.Length <= 2 && Side(sides[0]) is { } width && Side(sides[^1]) is { } height ? new(width, height) : null;
    }

    /// <summary>Formats the size as <see cref="TryParse"/> parses it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");

    private static int? Side(string text)
        => int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var side)
            && side is > 0 and <= LargestSide ? side : null;
}
