namespace NanoDet.Pipeline.Requests;

/// <summary>The request for <c>evaluate</c>.</summary>
public sealed record EvaluationRequest : DatasetRequest
{
    /// <summary>The ONNX file, as it will be shipped.</summary>
    public required string Model { get; init; }

    /// <summary>The file with 32-bit numbers that the model was made from; null for a model that does not have 8 bits.</summary>
    public string? UnquantizedModel { get; init; }

    /// <summary>The JSON file to write.</summary>
    public required string Output { get; init; }

    /// <summary>The PNG file to write, with detections drawn on some images; null for none.</summary>
    public string? Preview { get; init; }

    /// <summary>The score threshold that the project asks for, of the detections that are drawn; null for the best on the validation part.</summary>
    public double? ScoreThreshold { get; init; }

    /// <summary>The JSON file to write with what a report shows besides the figures: curves, confusions, the worst images; null for none.</summary>
    public string? Details { get; init; }

    /// <summary>Threads of the network; 0 for one per physical core.</summary>
    public int Threads { get; init; }
}
