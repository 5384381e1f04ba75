namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>
/// The points 0, ±<see cref="Inner"/>, ±<see cref="Outer"/> and infinity, from which the matrices of F(4x4, 3x3) follow: a line of pixels is a
/// polynomial, and its numbers are its values there. With the usual points, 0, ±1, ±2 and infinity, the sum rounds more than twice as
/// much (Barabasz and others, "Error Analysis and Improving the Accuracy of Winograd Convolution for Deep Neural Networks", 2020).
/// </summary>
internal static class TilePoints
{
    /// <summary>The points next to 0, both ways.</summary>
    public const float Inner = 5 / 8f;

    /// <summary>The points beyond them.</summary>
    public const float Outer = 3 / 2f;
}
