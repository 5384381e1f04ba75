using System.Collections.Immutable;
using NanoDet.Core.Detections;
using NanoDet.Imaging;
using NanoDet.Tool.Inputs;

namespace NanoDet.Tool.Results;

/// <summary>The detections in one image or one frame.</summary>
/// <param name="Input">The image or the video.</param>
/// <param name="Image">The pixels.</param>
/// <param name="Objects">The objects, best first, in pixels of the image.</param>
internal sealed record DetectedPicture(Input Input, PixelImage Image, ImmutableArray<DetectedObject> Objects)
{
    /// <summary>Number of the frame, from 0; null for an image.</summary>
    public long? Frame { get; init; }

    /// <summary>Time of the frame; null for an image.</summary>
    public double? Seconds { get; init; }
}
