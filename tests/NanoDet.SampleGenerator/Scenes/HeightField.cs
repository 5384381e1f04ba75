using System.Numerics;

namespace NanoDet.SampleGenerator.Scenes;

/// <summary>
/// Who is on top at every sample, and how high. Placing a part counts what it hides of the ones below, so that a scene
/// can refuse to bury them.
/// </summary>
public sealed class HeightField
{
    /// <summary>Samples along one side of a pixel.</summary>
    public const int Oversampling = 2;

    private readonly float[] _heights;
    private readonly int[] _owners;
    private readonly List<Placement> _placed = [];
    private readonly List<(int All, int Visible)> _samples = [];

    /// <summary>An empty bench.</summary>
    /// <param name="width">Width of the picture in pixels.</param>
    /// <param name="height">Height of the picture in pixels.</param>
    public HeightField(int width, int height)
    {
        Columns = width * Oversampling;
        Rows = height * Oversampling;
        _heights = new float[Columns * Rows];
        _owners = new int[Columns * Rows];
        Array.Fill(_owners, -1);
    }

    /// <summary>Samples in a row.</summary>
    public int Columns { get; }

    /// <summary>Rows of samples.</summary>
    public int Rows { get; }

    /// <summary>Height of the highest point in pixels.</summary>
    public float Highest { get; private set; }

    /// <summary>The parts in the order in which they were laid down.</summary>
    public IReadOnlyList<Placement> Placed => _placed;

    /// <summary>Height in pixels at a sample.</summary>
    public float HeightAt(int column, int row) => _heights[(row * Columns) + column];

    /// <summary>Index of the part on top at a sample; negative for the bench.</summary>
    public int OwnerAt(int column, int row) => _owners[(row * Columns) + column];

    /// <summary>Centre of a sample in pixels of the picture.</summary>
    public static Vector2 Position(int column, int row) => new((column + 0.5f) / Oversampling, (row + 0.5f) / Oversampling);

    /// <summary>
    /// Lays a part down, on top of what is there, unless less than the given share of it or of any labelled part would
    /// remain to be seen.
    /// </summary>
    public bool TryPlace(Placement part, float visibleShare)
    {
        var (samples, covered) = Footprint(part);
        if (covered.Count < samples * visibleShare)
        {
            return false;
        }

        foreach (var hidden in covered.Where(index => _owners[index] >= 0).CountBy(index => _owners[index]))
        {
            var (all, visible) = _samples[hidden.Key];
            if (_placed[hidden.Key].Shape.Label is not null && visible - hidden.Value < all * visibleShare)
            {
                return false;
            }
        }

        // It rests on the highest point below; it does not tip over, which nobody sees from above.
        var floor = covered.Count == 0 ? 0 : covered.Max(index => _heights[index]) * 0.8f;
        var resting = part with { Floor = floor };
        foreach (var index in covered)
        {
            var height = resting.Height(Position(index % Columns, index / Columns));
            if (_owners[index] >= 0)
            {
                var (all, visible) = _samples[_owners[index]];
                _samples[_owners[index]] = (all, visible - 1);
            }

            _heights[index] = height;
            _owners[index] = _placed.Count;
            Highest = Math.Max(Highest, height);
        }

        _placed.Add(resting);
        _samples.Add((samples, covered.Count));
        return true;
    }

    private (int Samples, List<int> Covered) Footprint(Placement part)
    {
        var reach = part.Shape.Reach * part.Scale * Oversampling;
        var centre = part.Centre * Oversampling;
        var covered = new List<int>();
        var samples = 0;
        for (var row = (int)(centre.Y - reach) - 1; row <= centre.Y + reach + 1; row++)
        {
            for (var column = (int)(centre.X - reach) - 1; column <= centre.X + reach + 1; column++)
            {
                if (part.Height(Position(column, row)) < 0)
                {
                    continue;
                }

                samples++;
                if (column >= 0 && row >= 0 && column < Columns && row < Rows)
                {
                    covered.Add((row * Columns) + column);
                }
            }
        }

        return (samples, covered);
    }
}
