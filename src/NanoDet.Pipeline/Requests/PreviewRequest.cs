namespace NanoDet.Pipeline.Requests;

/// <summary>The request for <c>preview</c>.</summary>
public sealed record PreviewRequest : DatasetRequest
{
    /// <summary>The data set with augmented copies; null for none.</summary>
    public string? Augmented { get; init; }

    /// <summary>The plan, whose problems are shown beside their images; null for none.</summary>
    public string? Plan { get; init; }

    /// <summary>The effective configuration, for the size of the network's input.</summary>
    public required string Configuration { get; init; }

    /// <summary>A folder that contains only the preview: <c>index.html</c> and a PNG sheet for each part.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>The title of the page.</summary>
    public required string Title { get; init; }
}
