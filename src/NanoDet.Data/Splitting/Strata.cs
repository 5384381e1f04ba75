using System.Collections;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Splitting;

/// <summary>The strata of a data set: the whole of it, then one a class, by name.</summary>
internal sealed class Strata : IEnumerable<Stratum>
{
    private readonly Stratum _whole = new(null);
    private readonly SortedDictionary<string, Stratum> _classes = new(StringComparer.Ordinal);

    /// <summary>The strata of units that train or validate; the test part is the user's wish and takes no part.</summary>
    public static Strata Of(IEnumerable<SplitUnit> units)
    {
        var strata = new Strata();
        foreach (var unit in units.Where(unit => unit.Part != DatasetPart.Test))
        {
            foreach (var stratum in strata.Containing(unit))
            {
                stratum.Add(unit);
            }
        }

        return strata;
    }

    /// <summary>Whether every stratum of a unit that could be in both parts keeps another one in the part that it leaves.</summary>
    public bool CanLeave(SplitUnit unit) => Containing(unit).All(stratum => stratum.Units.Count == 1 || stratum.Count(unit.Part) > 1);

    /// <summary>Moves a unit for good.</summary>
    public void Move(SplitUnit unit, DatasetPart part)
    {
        foreach (var stratum in Containing(unit))
        {
            stratum.Move(unit, part);
        }

        unit.Part = part;
        unit.IsMovable = false;
    }

    /// <inheritdoc />
    public IEnumerator<Stratum> GetEnumerator() => _classes.Values.Prepend(_whole).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<Stratum> Containing(SplitUnit unit)
    {
        yield return _whole;
        foreach (var name in unit.Items.SelectMany(item => item.Classes).Distinct(StringComparer.Ordinal))
        {
            if (!_classes.TryGetValue(name, out var stratum))
            {
                _classes.Add(name, stratum = new Stratum(name));
            }

            yield return stratum;
        }
    }
}
