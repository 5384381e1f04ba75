using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Export.Ncnn;

/// <summary>Nodes of ONNX that are one layer of ncnn, which is written in the place of the last of them.</summary>
/// <param name="Type">Type of the layer.</param>
/// <param name="Input">The value that it takes.</param>
/// <param name="Inner">The nodes before the last.</param>
/// <param name="Settings">Its settings.</param>
internal sealed record NcnnFusion(string Type, string Input, IReadOnlyList<NodeProto> Inner, string Settings)
{
    /// <summary>The kernels; empty for none.</summary>
    public float[] Kernels { get; init; } = [];

    /// <summary>The numbers of 32 bits that follow them.</summary>
    public float[] Numbers { get; init; } = [];

    /// <summary>Whether the channels have to be the innermost dimension for it, as for a normalisation of those of each pixel.</summary>
    public bool ChannelsInnermost { get; init; }
}
