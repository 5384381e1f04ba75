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
    /// <param name="order">That of the numbers.</param>
    /// <returns>The numbers of all tiles.</returns>
    public static Tensor Split(Tensor maps, TileGrid grid, NumberOrder order)
    {
        var channels = (int)maps.shape[1];
        var numbers = order.Allocate(grid, channels, maps.dtype);
        var steps = order.Steps(grid, channels);
        MapPictures.ForEach(maps, order.Beginnings(numbers, grid), (_, map, tiles) => Split(ref First(map), ref First(tiles), grid, channels, steps));
        return numbers;
    }

    /// <summary>The transpose: turns numbers into the pixels of tiles, and adds up where tiles overlap.</summary>
    /// <param name="numbers">The numbers of all tiles.</param>
    /// <param name="grid">The tiles.</param>
    /// <param name="order">That of the numbers.</param>
    /// <returns>[B, C, H, W], in the order of <see cref="ChannelsLast"/>.</returns>
    public static Tensor Join(Tensor numbers, TileGrid grid, NumberOrder order)
    {
        var channels = order.Channels(numbers);
        var steps = order.Steps(grid, channels);
        var maps = empty([grid.Pictures, grid.Height, grid.Width, channels], numbers.dtype).permute(0, 3, 1, 2);
        MapPictures.ForEach(maps, order.Beginnings(numbers, grid), (_, map, tiles) => Join(ref First(tiles), ref First(map), grid, channels, steps));
        return maps;
    }

    private static void Split(ref TNumber map, ref TNumber numbers, TileGrid grid, int channels, (nint Tile, nint Number) steps)
    {
        Span<Vector<float>> square = stackalloc Vector<float>[TileGrid.Numbers];
        var copy = ArrayPool<TNumber>.Shared.Rent(TTile.Side * TTile.Side * channels);
        for (var tile = 0; tile < grid.OfPicture; tile++)
        {
            var (top, left) = ((tile / grid.Columns * TileGrid.Side) - TTile.Margin, (tile % grid.Columns * TileGrid.Side) - TTile.Margin);
            ref var target = ref Unsafe.Add(ref numbers, tile * steps.Tile);
            if (top >= 0 && left >= 0 && top + TTile.Side <= grid.Height && left + TTile.Side <= grid.Width)
            {
                SplitTile(ref Unsafe.Add(ref map, (((nint)top * grid.Width) + left) * channels), (nint)grid.Width * channels, ref target, steps.Number, channels, square);
            }
            else
            {
                CopyTile(ref map, copy, top, left, grid, channels);
                SplitTile(ref copy[0], (nint)TTile.Side * channels, ref target, steps.Number, channels, square);
            }
        }

        ArrayPool<TNumber>.Shared.Return(copy);
    }

    private static void SplitTile(ref TNumber corner, nint line, ref TNumber numbers, nint step, int channels, Span<Vector<float>> square)
    {
        ref var first = ref MemoryMarshal.GetReference(square);
        for (var channel = 0; channel < channels; channel += Vector<float>.Count)
        {
            for (var row = 0; row < TTile.Side; row++)
            {
                Save(TTile.ToNumbers(Pixels(ref Unsafe.Add(ref corner, (row * line) + channel), channels)), ref first, row);
            }

            for (var column = 0; column < TileGrid.NumberSide; column++)
            {
                var of = TTile.ToNumbers(Column(ref first, column, TTile.Side));
                ref var target = ref Unsafe.Add(ref numbers, (column * step) + channel);
                Store(of.A, ref target, 0);
                Store(of.B, ref target, TileGrid.NumberSide * step);
                Store(of.C, ref target, 2 * TileGrid.NumberSide * step);
                Store(of.D, ref target, 3 * TileGrid.NumberSide * step);
                Store(of.E, ref target, 4 * TileGrid.NumberSide * step);
                Store(of.F, ref target, 5 * TileGrid.NumberSide * step);
            }
        }
    }

    /// <summary>Copies a tile that lies partly beyond the map, with zeros there.</summary>
    private static void CopyTile(ref TNumber map, Span<TNumber> copy, int top, int left, TileGrid grid, int channels)
    {
        copy.Clear();
        var (first, end) = (Math.Max(left, 0), Math.Min(left + TTile.Side, grid.Width));
        for (var row = Math.Max(top, 0); row < Math.Min(top + TTile.Side, grid.Height); row++)
        {
            var pixels = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref map, (((nint)row * grid.Width) + first) * channels), (end - first) * channels);
            pixels.CopyTo(copy[((((row - top) * TTile.Side) + first - left) * channels)..]);
        }
    }

    /// <summary>Adds up the pixels of one row of tiles at a time; those that the next row adds to stay, so that each is rounded once.</summary>
    private static void Join(ref TNumber numbers, ref TNumber map, TileGrid grid, int channels, (nint Tile, nint Number) steps)
    {
        var line = ((grid.Columns * TileGrid.Side) + (2 * TTile.Margin)) * channels;
        var pixels = ArrayPool<float>.Shared.Rent(TTile.Side * line);
        Array.Clear(pixels);
        for (var row = 0; row < grid.Rows; row++)
        {
            AddRow(ref Unsafe.Add(ref numbers, row * grid.Columns * steps.Tile), pixels, line, grid.Columns, channels, steps);
            var isLast = row == grid.Rows - 1;
            var done = (isLast ? TTile.Side : TileGrid.Side) * line;
            Write(pixels.AsSpan(0, done), line, ref map, (row * TileGrid.Side) - TTile.Margin, grid, channels);
            var rest = pixels.AsSpan(0, TTile.Side * line);
            rest[done..].CopyTo(rest);
            rest[^done..].Clear();
        }

        ArrayPool<float>.Shared.Return(pixels);
    }

    private static void AddRow(ref TNumber numbers, float[] pixels, int line, int columns, int channels, (nint Tile, nint Number) steps)
    {
        Span<Vector<float>> square = stackalloc Vector<float>[TileGrid.Numbers];
        ref var lines = ref MemoryMarshal.GetReference(square);
        ref var start = ref MemoryMarshal.GetArrayDataReference(pixels);
        for (var tile = 0; tile < columns; tile++)
        {
            ref var first = ref Unsafe.Add(ref numbers, tile * steps.Tile);
            ref var corner = ref Unsafe.Add(ref start, (nint)tile * TileGrid.Side * channels);
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                for (var row = 0; row < TileGrid.NumberSide; row++)
                {
                    Save(TTile.ToPixels(Numbers(ref Unsafe.Add(ref first, (row * TileGrid.NumberSide * steps.Number) + channel), steps.Number)), ref lines, row);
                }

                for (var column = 0; column < TTile.Side; column++)
                {
                    var of = TTile.ToPixels(Column(ref lines, column, TileGrid.NumberSide));
                    ref var pixel = ref Unsafe.Add(ref corner, (column * channels) + channel);
                    Add(of.A, ref pixel, 0);
                    Add(of.B, ref pixel, line);
                    Add(of.C, ref pixel, 2 * line);
                    Add(of.D, ref pixel, 3 * line);
                    if (TTile.Side > TileGrid.Side)
                    {
                        Add(of.E, ref pixel, 4 * line);
                        Add(of.F, ref pixel, 5 * line);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TileLine Pixels(ref TNumber first, nint step) => TTile.Side > TileGrid.Side
        ? Numbers(ref first, step)
        : new(Load(ref first, 0), Load(ref first, step), Load(ref first, 2 * step), Load(ref first, 3 * step), Vector<float>.Zero, Vector<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TileLine Numbers(ref TNumber first, nint step) => new(
        Load(ref first, 0), Load(ref first, step), Load(ref first, 2 * step), Load(ref first, 3 * step), Load(ref first, 4 * step), Load(ref first, 5 * step));

    /// <summary>Keeps a line of the square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Save(TileLine line, ref Vector<float> square, int row)
    {
        ref var first = ref Unsafe.Add(ref square, row * TileGrid.NumberSide);
        first = line.A;
        Unsafe.Add(ref first, 1) = line.B;
        Unsafe.Add(ref first, 2) = line.C;
        Unsafe.Add(ref first, 3) = line.D;
        Unsafe.Add(ref first, 4) = line.E;
        Unsafe.Add(ref first, 5) = line.F;
    }

    /// <summary>What the lines of the square, four or six, have in a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TileLine Column(ref Vector<float> square, int column, int lines)
    {
        ref var first = ref Unsafe.Add(ref square, column);
        return new(
            first,
            Unsafe.Add(ref first, TileGrid.NumberSide),
            Unsafe.Add(ref first, 2 * TileGrid.NumberSide),
            Unsafe.Add(ref first, 3 * TileGrid.NumberSide),
            lines > TileGrid.Side ? Unsafe.Add(ref first, 4 * TileGrid.NumberSide) : Vector<float>.Zero,
            lines > TileGrid.Side ? Unsafe.Add(ref first, 5 * TileGrid.NumberSide) : Vector<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector<float> values, ref float first, nint place)
    {
        ref var sum = ref Unsafe.Add(ref first, place);
        (Vector.LoadUnsafe(ref sum) + values).StoreUnsafe(ref sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(ref TNumber first, nint place)
        => TNumber.Load(ref Unsafe.Add(ref first, place));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector<float> values, ref TNumber first, nint place)
        => TNumber.Store(values, ref Unsafe.Add(ref first, place));

    private static ref TNumber First(Tensor values) => ref MemoryMarshal.GetReference(MapPictures.Numbers<TNumber>(values));
}
