using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;

namespace NanoDet.Tool.Labels;

/// <summary>The objects of an image whose class is in a list, and the others.</summary>
/// <param name="Labels">The labels without the others.</param>
/// <param name="Others">The objects whose class the list lacks.</param>
internal sealed record ListedObjects(LabeledImage Labels, ImmutableArray<LabeledObject> Others)
{
    /// <summary>Takes the others out, and reports each.</summary>
    /// <param name="labels">All labels of the image.</param>
    /// <param name="classes">The list.</param>
    /// <param name="place">Where to report an object that has no place of its own.</param>
    /// <param name="problem">Takes NDB1040 for each of the others.</param>
    public static ListedObjects Of(LabeledImage labels, ClassList classes, SourceLocation place, Action<Diagnostic> problem)
    {
        var others = labels.Objects.RemoveAll(labeled => classes.IndexOf(labeled.ClassName) >= 0);
        foreach (var labeled in others)
        {
            problem(LabelDiagnostics.UnknownClass(labeled.Location ?? place, labeled.ClassName, classes.Suggest(labeled.ClassName)));
        }

        return new(labels with { Objects = labels.Objects.RemoveAll(labeled => classes.IndexOf(labeled.ClassName) < 0) }, others);
    }
}
