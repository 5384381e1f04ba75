using System.Collections.Immutable;
using NanoDet.Data.Configuration;

namespace NanoDet.Pipeline.Requests;

/// <summary>What <c>export</c> is asked for.</summary>
public sealed record ExportRequest : WorkerRequest
{
    /// <summary>The effective configuration, as the plan writes it.</summary>
    public required string Configuration { get; init; }

    /// <summary>The trained weights, in any form that is read.</summary>
    public required string Weights { get; init; }

    /// <summary>Class names in label order.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    /// <summary>The ONNX file to write.</summary>
    public required string Model { get; init; }

    /// <summary>How the numbers inside are kept.</summary>
    public ExportPrecision Precision { get; init; }

    /// <summary>Whether one run may take any number of pictures, and not one.</summary>
    public bool OpenBatch { get; init; }

    /// <summary>A second file that ends in boxes, doubles dropped; null for none.</summary>
    public string? DetectionsModel { get; init; }

    /// <summary>Threads that libtorch computes with; 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>The vector instructions that libtorch computes with.</summary>
    public InstructionSet Instructions { get; init; }

    /// <summary>Version of the model; null for none.</summary>
    public string? Version { get; init; }

    /// <summary>Licence of the model; null where nothing is said.</summary>
    public string? License { get; init; }
}
