namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>The pixels around a tile that are turned into numbers, or that numbers are turned into, one line at a time.</summary>
internal interface ITile
{
    /// <summary>Pixels of a line.</summary>
    static abstract int Side { get; }

    /// <summary>Pixels by which it begins above and left of the tile.</summary>
    static abstract int Margin { get; }

    /// <summary>Turns the pixels of a line into six numbers.</summary>
    static abstract TileLine ToNumbers(TileLine pixels);

    /// <summary>Turns six numbers into the pixels of a line: the transpose of <see cref="ToNumbers"/>.</summary>
    static abstract TileLine ToPixels(TileLine numbers);
}
