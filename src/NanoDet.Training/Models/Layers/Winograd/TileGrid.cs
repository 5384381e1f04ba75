using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>The tiles that maps are cut into; those at the right and at the bottom may reach beyond the map.</summary>
/// <param name="Pictures">B.</param>
/// <param name="Height">H of the maps.</param>
/// <param name="Width">W of the maps.</param>
internal readonly record struct TileGrid(int Pictures, int Height, int Width)
{
    /// <summary>Side of a tile in pixels.</summary>
    public const int Side = 4;

    /// <summary>The numbers that a tile is turned into, of each channel: a square of them, as many as pixels have to do with its result.</summary>
    public const int Numbers = NumberSide * NumberSide;

    /// <summary>Side of that square.</summary>
    public const int NumberSide = 6;

    /// <summary>Tiles below each other.</summary>
    public int Rows => (Height + Side - 1) / Side;

    /// <summary>Tiles beside each other.</summary>
    public int Columns => (Width + Side - 1) / Side;

    /// <summary>Tiles of a picture.</summary>
    public int OfPicture => Rows * Columns;

    /// <summary>Tiles of all pictures.</summary>
    public int Tiles => Pictures * OfPicture;

    /// <summary>Cuts maps [B, C, H, W].</summary>
    public static TileGrid Of(Tensor maps) => new((int)maps.shape[0], (int)maps.shape[2], (int)maps.shape[3]);
}
