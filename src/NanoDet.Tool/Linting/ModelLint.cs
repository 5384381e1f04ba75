using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Linting;

namespace NanoDet.Tool.Linting;

/// <summary>What a model does not agree with in labels.</summary>
/// <param name="labels">The labels.</param>
/// <param name="compared">The findings, and how many errors would have been found.</param>
internal sealed class ModelLint(LintedLabels labels, LintFindings compared) : LintSource
{
    private readonly Dictionary<DatasetImage, string> _files = labels.Images.Zip(labels.Labels)
        .ToDictionary(entry => entry.First, entry => entry.Second.Picture!, (IEqualityComparer<DatasetImage>)ReferenceEqualityComparer.Instance);

    /// <inheritdoc />
    public override ImmutableArray<ToldFinding> Findings { get; } = [.. compared.Findings.Select(labels.Told)];

    /// <inheritdoc />
    public override LintRecall Recall => compared.Recall;

    /// <inheritdoc />
    public override ImmutableArray<DatasetImage> Images => labels.Images;

    /// <inheritdoc />
    public override ImmutableArray<string> Classes => labels.Classes.Names;

    /// <inheritdoc />
    public override string FileOf(DatasetImage image) => _files[image];

    /// <inheritdoc />
    public override (LintedLabels Labels, ImmutableArray<ToldFinding> Findings) LabelsOf(ImmutableArray<ToldFinding> findings) => (labels, findings);
}
