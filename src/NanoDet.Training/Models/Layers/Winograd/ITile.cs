using System.Numerics;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>The pixels around a tile that are turned into numbers, or that numbers are turned into, one line at a time.</summary>
internal interface ITile
{
    /// <summary>Pixels of a line.</summary>
    static abstract int Side { get; }

    /// <summary>Pixels by which it begins above and left of the tile.</summary>
    static abstract int Margin { get; }

    /// <summary>Turns the pixels of a line into six numbers, in the same place.</summary>
    /// <param name="square">Six by six registers, each of some channels.</param>
    /// <param name="first">The first register of the line.</param>
    /// <param name="step">From one register of the line to the next.</param>
    static abstract void ToNumbers(Span<Vector<float>> square, int first, int step);

    /// <summary>Turns six numbers into the pixels of a line: the transpose of <see cref="ToNumbers"/>.</summary>
    /// <param name="square">Six by six registers, each of some channels.</param>
    /// <param name="first">The first register of the line.</param>
    /// <param name="step">From one register of the line to the next.</param>
    static abstract void ToPixels(Span<Vector<float>> square, int first, int step);
}
