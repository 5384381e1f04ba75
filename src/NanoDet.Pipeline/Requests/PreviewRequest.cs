namespace NanoDet.Pipeline.Requests;

/// <summary>What <c>preview</c> is asked for.</summary>
public sealed record PreviewRequest : DatasetRequest
{
    /// <summary>The data set with augmented copies; null for none.</summary>
    public string? Augmented { get; init; }

    /// <summary>The plan, whose problems are shown at their pictures; null for none.</summary>
    public string? Plan { get; init; }

    /// <summary>The effective configuration, for the size of the network's input.</summary>
    public required string Configuration { get; init; }

    /// <summary>A folder that belongs to the preview alone: takes <c>index.html</c> and a PNG sheet for each part.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>What stands at the top of the page.</summary>
    public required string Title { get; init; }
}
