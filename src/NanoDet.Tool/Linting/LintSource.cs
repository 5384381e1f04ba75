using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Linting;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Linting;

/// <summary>Findings about labels, and what is needed to show, accept and apply them: those of a model, or those of a build.</summary>
internal abstract class LintSource
{
    /// <summary>All findings, the most certain first.</summary>
    public abstract ImmutableArray<ToldFinding> Findings { get; }

    /// <summary>How many errors would have been found.</summary>
    public abstract LintRecall Recall { get; }

    /// <summary>The images by their numbers.</summary>
    public abstract ImmutableArray<DatasetImage> Images { get; }

    /// <summary>The classes in label order.</summary>
    public abstract ImmutableArray<string> Classes { get; }

    /// <summary>Finds the file of an image.</summary>
    public abstract string FileOf(DatasetImage image);

    /// <summary>Why a finding is not about the labels as they stand now; null where it is, as with those that a model has just looked at.</summary>
    /// <param name="told">The finding.</param>
    public virtual Exception? WhyOutdated(ToldFinding told) => null;

    /// <summary>The labels that findings are about, and the findings with the numbers that images and objects have there.</summary>
    /// <exception cref="UsageException">One of them is outdated.</exception>
    /// <param name="findings">The findings.</param>
    public abstract (LintedLabels Labels, ImmutableArray<ToldFinding> Findings) LabelsOf(ImmutableArray<ToldFinding> findings);
}
