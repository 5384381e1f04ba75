using System.Collections.Immutable;
using NanoDet.Core.Models;
using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Manifest;

namespace NanoDet.Pipeline.Reports;

/// <summary>Everything that the report of a model shows. What is not known is null or empty, and has no section.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Model">Classes, input and thresholds of the model.</param>
public sealed record ModelReport(string Name, ModelMetadata Model)
{
    /// <summary>The score threshold at which detections are accepted.</summary>
    public required double Threshold { get; init; }

    /// <summary>The parts that the model was evaluated on.</summary>
    public ImmutableArray<ReportPart> Parts { get; init; } = [];

    /// <summary>The epochs of the training.</summary>
    public TrainingMetrics? Training { get; init; }

    /// <summary>The data set of the model.</summary>
    public Dataset? Dataset { get; init; }

    /// <summary>What the lint found in the labels.</summary>
    public ReportedLint? Lint { get; init; }

    /// <summary>The manifest of the model.</summary>
    public ModelManifest? Manifest { get; init; }
}
