using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Core.Geometry;
using NanoDet.Data.Linting;

namespace NanoDet.Benchmarks;

/// <summary>Compares findings with the errors that were planted.</summary>
internal static class PlantedReport
{
    private const double SamePlace = 0.5;

    /// <summary>Prints how many errors of each kind are found as what they are, and how many findings are about a planted error.</summary>
    public static void Print(IReadOnlyList<PlantedError> planted, ImmutableArray<LabelFinding> findings)
    {
        Console.WriteLine($"{"planted",-12} {"errors",7} {"found",7} {"recall",7}");
        foreach (var (kind, errors) in planted.GroupBy(error => error.Kind).OrderBy(group => group.Key).Select(group => (group.Key, group.ToList())))
        {
            var found = errors.Count(error => findings.Any(finding => Finds(finding, error)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-12} {errors.Count,7} {found,7} {(double)found / errors.Count,7:P0}"));
        }

        Console.WriteLine($"{"finding",-12} {"all",7} {"planted",7} {"precision",9}");
        foreach (var kind in Enum.GetValues<LabelFindingKind>().Where(kind => findings.Any(finding => finding.Kind == kind)))
        {
            Print(kind.ToString(), findings.RemoveAll(finding => finding.Kind != kind));
        }

        Print("all kinds", findings);

        void Print(string name, ImmutableArray<LabelFinding> some)
        {
            var right = some.Count(finding => planted.Any(error => IsAbout(finding, error)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12} {some.Length,7} {right,7} {(double)right / some.Length,9:P0}"));
        }
    }

    /// <summary>Whether a finding says what is wrong: the right class, the missing object, the right place.</summary>
    private static bool Finds(LabelFinding finding, PlantedError error) => IsAbout(finding, error) && error.Kind switch
    {
        PlantedKind.OtherClass => finding.Kind == LabelFindingKind.OtherClass && finding.Suggestion!.Value.Label == error.Right.Label,
        PlantedKind.LeftOut => finding.Kind == LabelFindingKind.NoLabel && finding.Subject.Label == error.Right.Label,
        _ => finding.Kind == LabelFindingKind.Box && IsThere(finding.Suggestion!.Value.Box, error.Right.Box),
    };

    /// <summary>Whether a finding is about the object with the error.</summary>
    private static bool IsAbout(LabelFinding finding, PlantedError error) => finding.Image == error.Image
        && (finding.Object is null ? IsThere(finding.Subject.Box, error.Right.Box) && error.Kind != PlantedKind.OtherClass
            : error.Kind != PlantedKind.LeftOut && finding.Subject == error.Wrong);

    private static bool IsThere(BoundingBox seen, BoundingBox right) => seen.IntersectionOverUnion(right) >= SamePlace;
}
