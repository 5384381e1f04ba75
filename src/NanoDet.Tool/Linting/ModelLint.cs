using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Linting;

namespace NanoDet.Tool.Linting;

/// <summary>What a model does not agree with in labels.</summary>
/// <param name="labels">The labels.</param>
/// <param name="findings">The findings.</param>
internal sealed class ModelLint(LintedLabels labels, ImmutableArray<ToldFinding> findings) : LintSource
{
    private readonly Dictionary<DatasetImage, string> _files = labels.Images.Zip(labels.Labels)
        .ToDictionary(entry => entry.First, entry => entry.Second.Picture!, (IEqualityComparer<DatasetImage>)ReferenceEqualityComparer.Instance);

    /// <inheritdoc />
    public override ImmutableArray<ToldFinding> Findings => findings;

    /// <inheritdoc />
    public override ImmutableArray<DatasetImage> Images => labels.Images;

    /// <inheritdoc />
    public override ImmutableArray<string> Classes => labels.Classes.Names;

    /// <inheritdoc />
    public override string FileOf(DatasetImage image) => _files[image];

    /// <inheritdoc />
    public override (LintedLabels Labels, ImmutableArray<ToldFinding> Findings) LabelsOf(ImmutableArray<ToldFinding> findings) => (labels, findings);
}
