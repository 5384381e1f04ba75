namespace NanoDet.Pipeline.Requests;

/// <summary>A second ONNX file whose outputs are boxes after non-maximum suppression, and the pictures on which both files must find the same.</summary>
public sealed record DetectionsRequest
{
    /// <summary>The ONNX file to write.</summary>
    public required string Model { get; init; }

    /// <summary>The data set, as the plan writes it; the files are compared on pictures of its training part.</summary>
    public required string Dataset { get; init; }

    /// <summary>The folder that the paths of the images are relative to.</summary>
    public required string ImageFolder { get; init; }
}
