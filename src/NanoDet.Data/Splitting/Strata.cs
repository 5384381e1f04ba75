using System.Collections;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Splitting;

/// <summary>The strata of a data set: all units, then one stratum per class, by name.</summary>
internal sealed class Strata : IEnumerable<Stratum>
{
    private readonly Stratum _whole = new(null);
    private readonly SortedDictionary<string, Stratum> _classes = new(StringComparer.Ordinal);

    /// <summary>Makes the strata of the units in training and validation; the test part is chosen by the user and not changed.</summary>
    public static Strata Of(IEnumerable<SplitUnit> units)
    {
        var strata = new Strata();
        foreach (var unit in units.Where(unit => unit.Part != DatasetPart.Test))
        {
            strata._whole.Add(unit);
            foreach (var name in unit.Classes)
            {
                strata.Named(name).Add(unit);
            }
        }

        return strata;
    }

    /// <summary>Whether a unit can leave its part: each of its strata that could be in both parts keeps another unit there.</summary>
    public bool CanLeave(SplitUnit unit) => Containing(unit).All(stratum => stratum.Units.Count == 1 || stratum.Count(unit.Part) > 1);

    /// <summary>Moves a unit to another part.</summary>
    public void Move(SplitUnit unit, DatasetPart part)
    {
        foreach (var stratum in Containing(unit))
        {
            stratum.Move(unit, part);
        }

        unit.Part = part;
        (unit.IsMovable, unit.IsKept) = (false, false);
    }

    /// <inheritdoc />
    public IEnumerator<Stratum> GetEnumerator() => _classes.Values.Prepend(_whole).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<Stratum> Containing(SplitUnit unit) => unit.Classes.Select(Named).Prepend(_whole);

    private Stratum Named(string name)
    {
        if (!_classes.TryGetValue(name, out var stratum))
        {
            _classes.Add(name, stratum = new Stratum(name));
        }

        return stratum;
    }
}
