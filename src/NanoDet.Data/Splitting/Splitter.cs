using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Parallelism;

namespace NanoDet.Data.Splitting;

/// <summary>
/// Splits images into training, validation and test so that adding an image never moves another.
/// <para>
/// The hash of its content and the seed decide the part of each image (or group): no other image affects it, and every machine
/// gets the same split. The hash alone can leave a rare class out of validation, and no rule that uses only the current images can both
/// correct this and never move an image: which of two images it chooses would depend on which came first. So the correction is
/// recorded. If a class with two images or more has none in a part, the unrecorded image whose hash is nearest to that part
/// is put there, and the images of that class are recorded (<see cref="SplitRecord"/>) and stay. Only after an image that the record
/// names was removed may a recorded one take its place. Groups are always recorded, because they are few, and a group that grows must
/// not look like a new one.
/// </para>
/// </summary>
public static class Splitter
{
    /// <summary>Splits images.</summary>
    /// <param name="items">The images; their order does not matter.</param>
    /// <param name="options">Shares and seed.</param>
    /// <param name="record">The record of the last split.</param>
    public static SplitResult Split(IReadOnlyList<SplitItem> items, SplitOptions options, SplitRecord record)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var (units, unitOf) = Gather(items, options, diagnostics);
        ParallelLoop.Run(units.Count, new ParallelOptions(), (i, _) => units[i].FindPlace());
        foreach (var unit in units)
        {
            DatasetPart part = default;
            var recorded = !record.Parts.IsEmpty && record.Parts.TryGetValue(unit.Key, out part);
            unit.Part = unit.AssignedBy?.Assigned ?? (recorded ? part : unit.PartByPlace());
            unit.IsRecorded = recorded;
            var isFree = unit.AssignedBy is null && (unit.IsGroup || unit.Items.Count == 1);
            (unit.IsMovable, unit.IsKept) = (isFree && !recorded, isFree && recorded);
        }

        if (options.Validation > 0)
        {
            record = Stratify(units, record, diagnostics);
        }

        foreach (var part in RequiredParts(options).Where(part => !units.Exists(unit => unit.Part == part)))
        {
            diagnostics.Add(SplitDiagnostics.PartEmpty(PartNames.InWords(part), items.Count));
        }

        ImmutableArray<DatasetPart> parts = [.. unitOf.Select(unit => unit.Part)];
        FindLeaks(items, parts, diagnostics);
        var hashed = units.FindAll(unit => unit.AssignedBy is null);
        if (FindImbalance(hashed, options) is { } imbalance)
        {
            diagnostics.Add(imbalance);
        }

        return new SplitResult(parts, record, diagnostics.ToImmutable()) { Hashed = hashed.Sum(unit => unit.Items.Count) };
    }

    /// <summary>A validation part that chance alone would hardly make: beyond three standard deviations.</summary>
    private static Diagnostic? FindImbalance(List<SplitUnit> hashed, SplitOptions options)
    {
        var images = hashed.Sum(unit => unit.Items.Count);
        var validate = hashed.Where(unit => unit.Part == DatasetPart.Validation).ToList();
        var actual = validate.Sum(unit => unit.Items.Count);
        if (Math.Abs(actual - (images * options.Validation)) <= 3 * Math.Sqrt(images * options.Validation * (1 - options.Validation)))
        {
            return null;
        }

        var moved = validate.Count(unit => !unit.IsRecorded && unit.PartByPlace() != DatasetPart.Validation);
        (int Count, string Reason)[] reasons =
        [
            (hashed.Count(unit => unit.IsRecorded), "the split record keeps {0} where they are"),
            (moved, "classes with few images need one in each part, so {0} were moved"),
            (hashed.Where(unit => unit.Items.Count > 1).Sum(unit => unit.Items.Count), "{0} are in groups or copies that stay together"),
        ];
        var told = reasons.Where(entry => entry.Count > 0).Select(entry => string.Format(CultureInfo.InvariantCulture, entry.Reason, entry.Count)).ToList();
        return SplitDiagnostics.FarFromShare(PartNames.InWords(DatasetPart.Validation), actual, images, options.Validation, told.Count > 0 ? told : ["by chance; another NanoDetSeed gives another split"]);
    }

    private static IEnumerable<DatasetPart> RequiredParts(SplitOptions options)
        => options.Validation > 0 ? [DatasetPart.Train, DatasetPart.Validation] : [DatasetPart.Train];

    /// <summary>The units, and that of each image.</summary>
    private static (List<SplitUnit> Units, SplitUnit[] UnitOf) Gather(IReadOnlyList<SplitItem> items, SplitOptions options, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        var units = new List<SplitUnit>(items.Count);
        var (groups, images) = (new Dictionary<string, SplitUnit>(StringComparer.Ordinal), new Dictionary<string, SplitUnit>(items.Count, StringComparer.Ordinal));
        var unitOf = new SplitUnit[items.Count];
        for (var i = 0; i < unitOf.Length; i++)
        {
            var item = items[i];
            var isGroup = item.Group is { Length: > 0 };
            ref var unit = ref CollectionsMarshal.GetValueRefOrAddDefault(isGroup ? groups : images, isGroup ? item.Group! : item.ContentHash, out _);
            if (unit is null)
            {
                units.Add(unit = new SplitUnit(isGroup ? item.Group! : item.ContentHash, isGroup, options));
            }

            unitOf[i] = unit;
            unit.Items.Add(item);
            if (item.Assigned is not { } part)
            {
                continue;
            }

            if (unit.AssignedBy is not { } other)
            {
                unit.AssignedBy = item;
            }
            else if (other.Assigned is { } otherPart && otherPart != part)
            {
                diagnostics.Add(item.Group is { Length: > 0 } group
                    ? SplitDiagnostics.GroupConflict(group, other.Path, PartNames.InWords(otherPart), item.Path, PartNames.InWords(part))
                    : SplitDiagnostics.Leak(other.Path, PartNames.InWords(otherPart), item.Path, PartNames.InWords(part)));
            }
        }

        return (units, unitOf);
    }

    /// <summary>Ensures that every class with two images or more, and the data set as a whole, is in training and in validation.</summary>
    private static SplitRecord Stratify(
        List<SplitUnit> units, SplitRecord record, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        var strata = Strata.Of(units);
        var rare = strata.Where(stratum => stratum.Missing is not null).ToList();
        var lost = new Lazy<HashSet<DatasetPart>>(() => [.. LostParts(units, record)]);
        foreach (var stratum in rare)
        {
            if (stratum.Missing is { } part && stratum.Units.Count > 1
                && (stratum.Nearest(part, strata, unit => unit.IsMovable) ?? (lost.Value.Contains(part) ? stratum.Nearest(part, strata, unit => unit.IsKept) : null)) is { } unit)
            {
                strata.Move(unit, part);
            }
        }

        foreach (var stratum in rare.Where(stratum => stratum.ClassName is not null))
        {
            if (stratum.Missing is { } part)
            {
                diagnostics.Add(SplitDiagnostics.ClassNotInPart(stratum.ClassName!, stratum.Units.Count, PartNames.InWords(part)));
            }
        }

        return record with
        {
            Parts = record.Parts.SetItems(rare.SelectMany(stratum => stratum.Units).Concat(units.Where(unit => unit.IsGroup))
                .Where(unit => unit.AssignedBy is null)
                .Select(unit => KeyValuePair.Create(unit.Key, unit.Part))),
        };
    }

    /// <summary>The parts of images and groups that the record names and that are gone.</summary>
    private static IEnumerable<DatasetPart> LostParts(List<SplitUnit> units, SplitRecord record)
    {
        if (record.Parts.IsEmpty)
        {
            return [];
        }

        var keys = units.Select(unit => unit.Key).ToHashSet(StringComparer.Ordinal);
        return record.Parts.Where(entry => !keys.Contains(entry.Key)).Select(entry => entry.Value);
    }

    private static void FindLeaks(IReadOnlyList<SplitItem> items, ImmutableArray<DatasetPart> parts, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        if (items.All(item => item.Group is null))
        {
            return; // Copies are one unit.
        }

        var firsts = new Dictionary<string, int>(items.Count, StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            if (!firsts.TryAdd(items[i].ContentHash, i) && parts[firsts[items[i].ContentHash]] is var part && part != parts[i])
            {
                diagnostics.Add(SplitDiagnostics.Leak(
                    items[firsts[items[i].ContentHash]].Path, PartNames.InWords(part), items[i].Path, PartNames.InWords(parts[i])));
            }
        }
    }
}
