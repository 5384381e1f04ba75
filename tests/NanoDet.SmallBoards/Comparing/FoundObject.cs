using System.Globalization;
using NanoDet.SmallBoards.Running;

namespace NanoDet.SmallBoards.Comparing;

/// <summary>An object that was found.</summary>
/// <param name="Picture">Where: the file, and the number of a video's frame.</param>
/// <param name="Class">Its class.</param>
/// <param name="Score">Its score.</param>
/// <param name="Edges">Left, top, right and bottom, in pixels.</param>
internal sealed record FoundObject(string Picture, string Class, double Score, double[] Edges)
{
    /// <summary>Reads the objects that a command found, in the tool's CSV.</summary>
    public static List<FoundObject> Of(CommandResult result)
        => [.. result.Found.Skip(1).Select(line => line.Split(',')).Select(cells => new FoundObject($"{cells[0]} {cells[1]}", cells[5], Number(cells[7]), [.. cells[8..12].Select(Number)]))];

    /// <summary>The largest difference of two edges, in pixels.</summary>
    public double Distance(FoundObject other) => Edges.Zip(other.Edges, (mine, theirs) => Math.Abs(mine - theirs)).Max();

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
