namespace NanoDet.Pipeline.Requests;

/// <summary>The request for <c>findings</c>.</summary>
public sealed record FindingsRequest : WorkerRequest
{
    /// <summary>The folder of the plan, with the data set, the places of its labels and the findings of the lint.</summary>
    public required string BuildFolder { get; init; }

    /// <summary>The folder that the paths of images and label files are relative to, with the file of accepted findings.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>The HTML file to write.</summary>
    public required string Output { get; init; }

    /// <summary>The title of the page.</summary>
    public required string Title { get; init; }

    /// <summary>Of what the page is made: who finds it in the page needs no other.</summary>
    public required string Key { get; init; }
}
