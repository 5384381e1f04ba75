using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>
/// Cuts maps into tiles and turns them into numbers, and back. A channel is computed by itself and a picture by one thread, so that
/// the result depends on neither the number of threads nor the width of the processor's registers.
/// </summary>
internal static class TileTransform
{
    private const int Side = TileGrid.NumberSide;

    /// <summary>What the channels must be a multiple of: the widest register.</summary>
    public const int ChannelStep = 16;

    /// <summary>Turns maps into the numbers of their tiles; what lies beyond the map is 0.</summary>
    /// <param name="maps">[B, C, H, W], in the order of <see cref="ChannelsLast"/>.</param>
    /// <param name="grid">The tiles of the maps.</param>
    /// <returns>[36, tiles, C].</returns>
    public static Tensor Split<TTile>(Tensor maps, TileGrid grid)
        where TTile : ITile
    {
        var channels = (int)maps.shape[1];
        // One tile more than there are, or the 36 rows that are written at once would share a place in the processor's cache.
        var numbers = empty(TileGrid.Numbers, grid.Tiles + 1, channels);
        ForEachPicture(maps.permute(0, 2, 3, 1), (map, picture) =>
            Split<TTile>(ref First(map), ref Of(numbers, picture, grid), (nint)numbers.stride(0), grid, channels));
        return numbers.narrow(1, 0, grid.Tiles);
    }

    /// <summary>The transpose: turns numbers into the pixels of tiles, and adds up where tiles overlap.</summary>
    /// <param name="numbers">[36, tiles, C].</param>
    /// <param name="grid">The tiles.</param>
    /// <returns>[B, C, H, W], in the order of <see cref="ChannelsLast"/>.</returns>
    public static Tensor Join<TTile>(Tensor numbers, TileGrid grid)
        where TTile : ITile
    {
        var channels = (int)numbers.shape[2];
        var maps = zeros(grid.Pictures, grid.Height, grid.Width, channels);
        ForEachPicture(maps, (map, picture) =>
            Join<TTile>(ref Of(numbers, picture, grid), (nint)numbers.stride(0), ref First(map), grid, channels));
        return maps.permute(0, 3, 1, 2);
    }

    private static void Split<TTile>(ref float map, ref float numbers, nint step, TileGrid grid, int channels)
        where TTile : ITile
    {
        Span<Vector<float>> square = stackalloc Vector<float>[TileGrid.Numbers];
        Span<nint> places = stackalloc nint[TTile.Side * TTile.Side];
        for (var tile = 0; tile < grid.Rows * grid.Columns; tile++)
        {
            Places<TTile>(places, tile, grid, channels);
            ref var first = ref Unsafe.Add(ref numbers, (nint)tile * channels);
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                for (var row = 0; row < TTile.Side; row++)
                {
                    for (var column = 0; column < TTile.Side; column++)
                    {
                        var place = places[(row * TTile.Side) + column];
                        square[(row * Side) + column] = place < 0 ? Vector<float>.Zero : Vector.LoadUnsafe(ref Unsafe.Add(ref map, place + channel));
                    }

                    TTile.ToNumbers(square, row * Side, 1);
                }

                for (var column = 0; column < Side; column++)
                {
                    TTile.ToNumbers(square, column, Side);
                    for (var row = 0; row < Side; row++)
                    {
                        square[(row * Side) + column].StoreUnsafe(ref Unsafe.Add(ref first, (((row * Side) + column) * step) + channel));
                    }
                }
            }
        }
    }

    private static void Join<TTile>(ref float numbers, nint step, ref float map, TileGrid grid, int channels)
        where TTile : ITile
    {
        Span<Vector<float>> square = stackalloc Vector<float>[TileGrid.Numbers];
        Span<nint> places = stackalloc nint[TTile.Side * TTile.Side];
        for (var tile = 0; tile < grid.Rows * grid.Columns; tile++)
        {
            Places<TTile>(places, tile, grid, channels);
            ref var first = ref Unsafe.Add(ref numbers, (nint)tile * channels);
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                for (var row = 0; row < Side; row++)
                {
                    for (var column = 0; column < Side; column++)
                    {
                        square[(row * Side) + column] = Vector.LoadUnsafe(ref Unsafe.Add(ref first, (((row * Side) + column) * step) + channel));
                    }

                    TTile.ToPixels(square, row * Side, 1);
                }

                for (var column = 0; column < TTile.Side; column++)
                {
                    TTile.ToPixels(square, column, Side);
                    for (var row = 0; row < TTile.Side; row++)
                    {
                        if (places[(row * TTile.Side) + column] is >= 0 and var place)
                        {
                            ref var pixel = ref Unsafe.Add(ref map, place + channel);
                            (Vector.LoadUnsafe(ref pixel) + square[(row * Side) + column]).StoreUnsafe(ref pixel);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Where the pixels of a tile lie in a map [H, W, C]; below 0 for those beyond it.</summary>
    private static void Places<TTile>(Span<nint> places, int tile, TileGrid grid, int channels)
        where TTile : ITile
    {
        var (top, left) = ((tile / grid.Columns * TileGrid.Side) - TTile.Margin, (tile % grid.Columns * TileGrid.Side) - TTile.Margin);
        for (var i = 0; i < places.Length; i++)
        {
            var (y, x) = (top + (i / TTile.Side), left + (i % TTile.Side));
            places[i] = y >= 0 && y < grid.Height && x >= 0 && x < grid.Width ? (((nint)y * grid.Width) + x) * channels : -1;
        }
    }

    private static void ForEachPicture(Tensor maps, Action<Tensor, int> work)
    {
        using var scope = NewDisposeScope();
        var pictures = maps.unbind();
        Parallel.For(0, pictures.Length, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, picture => work(pictures[picture], picture));
    }

    private static ref float Of(Tensor numbers, int picture, TileGrid grid)
    {
        using var tile = numbers[0, (long)picture * grid.Rows * grid.Columns];
        return ref First(tile);
    }

    private static ref float First(Tensor values) => ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, float>(values.bytes));
}
