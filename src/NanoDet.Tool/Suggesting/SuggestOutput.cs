using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Suggesting;

/// <summary>A suggested image in JSON.</summary>
/// <param name="Path">The image.</param>
/// <param name="Uncertainty">How little the model knows about it, in bits.</param>
/// <param name="Objects">The number of objects that the model finds.</param>
internal sealed record SuggestedImage(string Path, double Uncertainty, int Objects)
{
    /// <summary>What is printed of an image.</summary>
    public static SuggestedImage Of(ExaminedImage image) => new(image.Path, Math.Round(image.Uncertainty, 3), image.Objects);
}

/// <summary>Prints suggested images: a line each, so that another program can read them.</summary>
internal static class SuggestOutput
{
    /// <summary>Prints the paths, the best first.</summary>
    public static void Print(IEnumerable<SuggestedImage> images)
    {
        foreach (var image in images)
        {
            ToolConsole.Print(string.Create(CultureInfo.InvariantCulture, $"{PrintedText.Escape(image.Path)}\n"));
        }
    }
}
