namespace NanoDet.Pipeline.Requests;

/// <summary>A request that is about a data set.</summary>
public abstract record DatasetRequest : WorkerRequest
{
    /// <summary>The data set, as the plan writes it.</summary>
    public required string Dataset { get; init; }

    /// <summary>The folder that the paths of the images are relative to.</summary>
    public required string ImageFolder { get; init; }
}
