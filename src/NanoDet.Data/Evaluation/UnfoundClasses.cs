using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Evaluation;

/// <summary>Says that a model finds nothing, or nothing of a class, which a build that succeeds would hide.</summary>
public static class UnfoundClasses
{
    // Of a hundred objects and as many detections, not one in its place.
    private const double Nothing = 0.01;

    /// <summary>Judges the figures of the validation part.</summary>
    /// <param name="result">The figures; null for a data set without that part.</param>
    /// <returns>NDB5108; null where the model finds some of each class that has objects there.</returns>
    public static Diagnostic? Judge(PartResult? result)
    {
        var judged = result?.Classes.Where(entry => entry.Map50 is not null).ToList() ?? [];
        var unfound = judged.FindAll(entry => entry.Map50 < Nothing);
        return unfound.Count == 0 ? null : QualityDiagnostics.FindsNothing(unfound.Count == judged.Count ? [] : unfound.ConvertAll(entry => entry.Name));
    }
}
