using NanoDet.Data.Datasets;

namespace NanoDet.Data.Splitting;

/// <summary>The units with one class, or all units.</summary>
/// <param name="className">The class; null for all units.</param>
internal sealed class Stratum(string? className)
{
    private int _training;

    public string? ClassName { get; } = className;

    public List<SplitUnit> Units { get; } = [];

    /// <summary>The part that has no unit; null if both have one.</summary>
    public DatasetPart? Missing
        => _training == Units.Count ? DatasetPart.Validation
        : _training == 0 ? DatasetPart.Train
        : null;

    public void Add(SplitUnit unit)
    {
        Units.Add(unit);
        _training += unit.Part == DatasetPart.Train ? 1 : 0;
    }

    public void Move(SplitUnit unit, DatasetPart part)
        => _training += (part == DatasetPart.Train ? 1 : 0) - (unit.Part == DatasetPart.Train ? 1 : 0);

    public int Count(DatasetPart part) => part == DatasetPart.Train ? _training : Units.Count - _training;

    /// <summary>Returns the unit whose position is nearest to a part and which no other class needs in its current part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="strata">All strata.</param>
    /// <param name="may">Whether a unit may be moved.</param>
    public SplitUnit? Nearest(DatasetPart part, Strata strata, Func<SplitUnit, bool> may) => Units
        .Where(unit => may(unit) && strata.CanLeave(unit))
        .OrderBy(unit => part == DatasetPart.Validation ? unit.Place : -unit.Place)
        .ThenBy(unit => unit.Key, StringComparer.Ordinal)
        .FirstOrDefault();
}
