namespace NanoDet.Pipeline.Requests;

/// <summary>What <c>evaluate</c> is asked for.</summary>
public sealed record EvaluationRequest : DatasetRequest
{
    /// <summary>The ONNX file, as it will be shipped.</summary>
    public required string Model { get; init; }

    /// <summary>The JSON file to write.</summary>
    public required string Output { get; init; }

    /// <summary>The PNG file to write, with pictures and what was found on them; null for none.</summary>
    public string? Preview { get; init; }

    /// <summary>Threads of the network; 0 for one a physical core.</summary>
    public int Threads { get; init; }
}
