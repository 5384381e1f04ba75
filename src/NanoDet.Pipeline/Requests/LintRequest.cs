using System.Collections.Immutable;
using NanoDet.Data.Linting;

namespace NanoDet.Pipeline.Requests;

/// <summary>The request for <c>lint</c>.</summary>
public sealed record LintRequest : DatasetRequest
{
    /// <summary>The ONNX file that looks at the labels of images that it was not trained on.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// An ONNX file for each fold, which was trained on the other images of the training part; empty for none, and the model looks at the
    /// labels of the training part too.
    /// </summary>
    public ImmutableArray<string> Folds { get; init; } = [];

    /// <summary>From which confidences on disagreements are findings, such as <c>NDB1602=0.8;NDB1603=0.7</c>; empty for those that were measured.</summary>
    public LintConfidences Confidence { get; init; } = LintConfidences.None;

    /// <summary>The JSON file to write.</summary>
    public required string Output { get; init; }

    /// <summary>Threads of the network; 0 for one per physical core.</summary>
    public int Threads { get; init; }
}
