using System.Collections.Immutable;
using NanoDet.Data.Configuration;

namespace NanoDet.Pipeline.Requests;

/// <summary>The request for <c>export</c>.</summary>
public sealed record ExportRequest : WorkerRequest
{
    /// <summary>The effective configuration, as the plan writes it.</summary>
    public required string Configuration { get; init; }

    /// <summary>The trained weights, in any supported format.</summary>
    public required string Weights { get; init; }

    /// <summary>Class names in label order.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    /// <summary>The ONNX file to write.</summary>
    public required string Model { get; init; }

    /// <summary>The precision of the numbers in the file.</summary>
    public ExportPrecision Precision { get; init; }

    /// <summary>What 8 bits need; null for another precision.</summary>
    public CalibrationRequest? Calibration { get; init; }

    /// <summary>How many pictures a run of the network takes.</summary>
    public ExportBatch Batch { get; init; }

    /// <summary>A second file, with the decoding inside; null for none.</summary>
    public DetectionsRequest? Detections { get; init; }

    /// <summary>Threads of libtorch; 0 for one per core.</summary>
    public int Threads { get; init; }

    /// <summary>The vector instructions of libtorch.</summary>
    public InstructionSet Instructions { get; init; }

    /// <summary>Version of the model; null for none.</summary>
    public string? Version { get; init; }

    /// <summary>Licence of the model; null if it is not given.</summary>
    public string? License { get; init; }
}
