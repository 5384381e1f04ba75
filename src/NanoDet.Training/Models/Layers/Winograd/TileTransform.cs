using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>
/// Cuts maps into tiles and turns them into numbers, and back. A channel is computed by itself and a picture by one thread, so that
/// the result depends on neither the number of threads nor the width of the processor's registers.
/// </summary>
/// <typeparam name="TTile">The tiles.</typeparam>
/// <typeparam name="TNumber">What maps and numbers are kept in; the arithmetic is in single precision.</typeparam>
internal static class TileTransform<TTile, TNumber>
    where TTile : ITile
    where TNumber : unmanaged, IMapNumber<TNumber>
{
    /// <summary>Turns maps into the numbers of their tiles; what lies beyond the map is 0.</summary>
    /// <param name="maps">[B, C, H, W], in the order of <see cref="ChannelsLast"/>.</param>
    /// <param name="grid">The tiles of the maps.</param>
    /// <returns>[B, 36 C, rows, columns], in the order of <see cref="ChannelsLast"/>: a map of tiles, in which each has all its numbers.</returns>
    public static Tensor Split(Tensor maps, TileGrid grid)
    {
        var channels = (int)maps.shape[1];
        var numbers = empty([grid.Pictures, grid.Rows, grid.Columns, TileGrid.Numbers * channels], maps.dtype).permute(0, 3, 1, 2);
        MapPictures.ForEach(maps, numbers, (_, map, tiles) => Split(ref First(map), ref First(tiles), grid, channels));
        return numbers;
    }

    /// <summary>The transpose: turns numbers into the pixels of tiles, and adds up where tiles overlap.</summary>
    /// <param name="numbers">[B, 36 C, rows, columns], in the order of <see cref="ChannelsLast"/>.</param>
    /// <param name="grid">The tiles.</param>
    /// <returns>[B, C, H, W], in the order of <see cref="ChannelsLast"/>.</returns>
    public static Tensor Join(Tensor numbers, TileGrid grid)
    {
        var channels = (int)numbers.shape[1] / TileGrid.Numbers;
        var maps = empty([grid.Pictures, grid.Height, grid.Width, channels], numbers.dtype).permute(0, 3, 1, 2);
        MapPictures.ForEach(maps, numbers, (_, map, tiles) => Join(ref First(tiles), ref First(map), grid, channels));
        return maps;
    }

    private static void Split(ref TNumber map, ref TNumber numbers, TileGrid grid, int channels)
    {
        Span<Vector<float>> square = stackalloc Vector<float>[TileGrid.Numbers];
        Span<nint> places = stackalloc nint[TTile.Side * TTile.Side];
        for (var tile = 0; tile < grid.OfPicture; tile++)
        {
            Places(places, tile, grid, channels);
            ref var first = ref Unsafe.Add(ref numbers, (nint)tile * TileGrid.Numbers * channels);
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                for (var row = 0; row < TTile.Side; row++)
                {
                    for (var column = 0; column < TTile.Side; column++)
                    {
                        var place = places[(row * TTile.Side) + column];
                        square[(row * TileGrid.NumberSide) + column] = place < 0 ? Vector<float>.Zero : Load(ref map, place + channel);
                    }

                    TTile.ToNumbers(square, row * TileGrid.NumberSide, 1);
                }

                for (var column = 0; column < TileGrid.NumberSide; column++)
                {
                    TTile.ToNumbers(square, column, TileGrid.NumberSide);
                    for (var row = 0; row < TileGrid.NumberSide; row++)
                    {
                        var number = (row * TileGrid.NumberSide) + column;
                        Store(square[number], ref first, ((nint)number * channels) + channel);
                    }
                }
            }
        }
    }

    /// <summary>Adds up the pixels of one row of tiles at a time; those that the next row adds to stay, so that each is rounded once.</summary>
    private static void Join(ref TNumber numbers, ref TNumber map, TileGrid grid, int channels)
    {
        var line = ((grid.Columns * TileGrid.Side) + (2 * TTile.Margin)) * channels;
        var pixels = ArrayPool<float>.Shared.Rent(TTile.Side * line);
        Array.Clear(pixels);
        for (var row = 0; row < grid.Rows; row++)
        {
            AddRow(ref Unsafe.Add(ref numbers, (nint)row * grid.Columns * TileGrid.Numbers * channels), pixels, line, grid.Columns, channels);
            var isLast = row == grid.Rows - 1;
            var done = (isLast ? TTile.Side : TileGrid.Side) * line;
            Write(pixels.AsSpan(0, done), line, ref map, (row * TileGrid.Side) - TTile.Margin, grid, channels);
            var rest = pixels.AsSpan(0, TTile.Side * line);
            rest[done..].CopyTo(rest);
            rest[^done..].Clear();
        }

        ArrayPool<float>.Shared.Return(pixels);
    }

    private static void AddRow(ref TNumber numbers, float[] pixels, int line, int columns, int channels)
    {
        Span<Vector<float>> square = stackalloc Vector<float>[TileGrid.Numbers];
        ref var start = ref MemoryMarshal.GetArrayDataReference(pixels);
        for (var tile = 0; tile < columns; tile++)
        {
            ref var first = ref Unsafe.Add(ref numbers, (nint)tile * TileGrid.Numbers * channels);
            ref var corner = ref Unsafe.Add(ref start, (nint)tile * TileGrid.Side * channels);
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                for (var row = 0; row < TileGrid.NumberSide; row++)
                {
                    for (var column = 0; column < TileGrid.NumberSide; column++)
                    {
                        var number = (row * TileGrid.NumberSide) + column;
                        square[number] = Load(ref first, ((nint)number * channels) + channel);
                    }

                    TTile.ToPixels(square, row * TileGrid.NumberSide, 1);
                }

                for (var column = 0; column < TTile.Side; column++)
                {
                    TTile.ToPixels(square, column, TileGrid.NumberSide);
                    for (var row = 0; row < TTile.Side; row++)
                    {
                        ref var pixel = ref Unsafe.Add(ref corner, ((nint)row * line) + (column * channels) + channel);
                        (Vector.LoadUnsafe(ref pixel) + square[(row * TileGrid.NumberSide) + column]).StoreUnsafe(ref pixel);
                    }
                }
            }
        }
    }

    /// <summary>Rounds finished lines of pixels into a map, without those beyond it.</summary>
    private static void Write(ReadOnlySpan<float> pixels, int line, ref TNumber map, int top, TileGrid grid, int channels)
    {
        for (var row = 0; row < pixels.Length / line; row++)
        {
            if (top + row < 0 || top + row >= grid.Height)
            {
                continue;
            }

            var values = pixels.Slice((row * line) + (TTile.Margin * channels), grid.Width * channels);
            ref var target = ref Unsafe.Add(ref map, (nint)(top + row) * grid.Width * channels);
            for (var i = 0; i < values.Length; i += Vector<float>.Count)
            {
                Store(new(values[i..]), ref target, i);
            }
        }
    }

    /// <summary>Where the pixels of a tile lie in a map [H, W, C]; below 0 for those beyond it.</summary>
    private static void Places(Span<nint> places, int tile, TileGrid grid, int channels)
    {
        var (top, left) = ((tile / grid.Columns * TileGrid.Side) - TTile.Margin, (tile % grid.Columns * TileGrid.Side) - TTile.Margin);
        for (var i = 0; i < places.Length; i++)
        {
            var (y, x) = (top + (i / TTile.Side), left + (i % TTile.Side));
            places[i] = y >= 0 && y < grid.Height && x >= 0 && x < grid.Width ? (((nint)y * grid.Width) + x) * channels : -1;
        }
    }

    private static Vector<float> Load(ref TNumber first, nint place)
        => TNumber.Load(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref first, place), Vector<float>.Count));

    private static void Store(Vector<float> values, ref TNumber first, nint place)
        => TNumber.Store(values, MemoryMarshal.CreateSpan(ref Unsafe.Add(ref first, place), Vector<float>.Count));

    private static ref TNumber First(Tensor values) => ref MemoryMarshal.GetReference(MapPictures.Numbers<TNumber>(values));
}
