namespace NanoDet.Pipeline.Requests;

/// <summary>What an export with 8 bits needs beside the weights, and what it writes beside the model.</summary>
public sealed record CalibrationRequest
{
    /// <summary>The data set, as the plan writes it; ranges are measured on pictures of its training part.</summary>
    public required string Dataset { get; init; }

    /// <summary>The folder that the paths of the images are relative to.</summary>
    public required string ImageFolder { get; init; }

    /// <summary>The ONNX file with 32-bit numbers to write.</summary>
    public required string UnquantizedModel { get; init; }

    /// <summary>The JSON file to write, with the layers that have 8 bits and those that do not.</summary>
    public required string Report { get; init; }
}
