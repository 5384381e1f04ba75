using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Validation;

/// <summary>Leaves out what is no object: a box without area, and a box that the image has twice for the same class.</summary>
public static class ObjectCheck
{
    // Comparing each with each is quicker than a table, as long as they are few.
    private const int Few = 64;

    /// <summary>Checks the objects of an image.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="location">The place of labels that have none of their own.</param>
    /// <param name="diagnostics">Takes NDB1030 and NDB1034, at the line of each object that is left out.</param>
    /// <returns>The labels with the objects that count. Of two that differ only in their flags, it is the same one in any order.</returns>
    public static LabeledImage Run(LabeledImage labels, SourceLocation location, ICollection<Diagnostic> diagnostics)
    {
        if (labels.Objects.Length <= Few && AreValid(labels.Objects.AsSpan()))
        {
            return labels;
        }

        var kept = ImmutableArray.CreateBuilder<LabeledObject>(labels.Objects.Length);
        var known = new Dictionary<(string ClassName, BoundingBox Box), int>(labels.Objects.Length);
        foreach (ref readonly var labeled in labels.Objects.AsSpan())
        {
            var place = labeled.BoxLocation ?? labeled.Location ?? location;
            if (labeled.Box.IsDegenerate)
            {
                diagnostics.Add(LabelDiagnostics.DegenerateBox(place, labeled.ClassName, labeled.Box));
            }
            else if (known.TryAdd((labeled.ClassName, labeled.Box), kept.Count))
            {
                kept.Add(labeled);
            }
            else
            {
                diagnostics.Add(LabelDiagnostics.RepeatedBox(place, labeled.ClassName, labeled.Box));
                var index = known[(labeled.ClassName, labeled.Box)];
                kept[index] = Weight(labeled).CompareTo(Weight(kept[index])) < 0 ? labeled : kept[index];
            }
        }

        return kept.Count == labels.Objects.Length ? labels : labels with { Objects = kept.DrainToImmutable() };
    }

    private static bool AreValid(ReadOnlySpan<LabeledObject> objects)
    {
        for (var i = 0; i < objects.Length; i++)
        {
            ref readonly var labeled = ref objects[i];
            if (labeled.Box.IsDegenerate)
            {
                return false;
            }

            for (var other = 0; other < i; other++)
            {
                if (objects[other].Box == labeled.Box && objects[other].ClassName == labeled.ClassName)
                {
                    return false;
                }
            }
        }

        return true;
    }

    // An object that counts stands for one that does not.
    private static (bool Crowd, bool Difficult, bool Truncated, double Area) Weight(in LabeledObject labeled)
        => (labeled.Crowd, labeled.Difficult, labeled.Truncated, labeled.Area ?? 0);
}
