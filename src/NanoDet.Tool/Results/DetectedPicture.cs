using System.Collections.Immutable;
using NanoDet.Core.Detections;
using NanoDet.Imaging;
using NanoDet.Tool.Inputs;

namespace NanoDet.Tool.Results;

/// <summary>What was found in one picture or one frame.</summary>
/// <param name="Input">The picture, or the video.</param>
/// <param name="Image">The pixels.</param>
/// <param name="Objects">The objects, best first, in pixels of the picture.</param>
internal sealed record DetectedPicture(Input Input, PixelImage Image, ImmutableArray<DetectedObject> Objects)
{
    /// <summary>Number of the frame from 0; null for a picture.</summary>
    public long? Frame { get; init; }

    /// <summary>When the frame is shown; null for a picture.</summary>
    public double? Seconds { get; init; }
}
