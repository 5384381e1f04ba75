using System.Collections.Immutable;
using NanoDet.Core.Detections;
using NanoDet.Core.Diagnostics;
using NanoDet.Imaging;

namespace NanoDet.Detection;

/// <summary>What became of one of many pictures.</summary>
/// <typeparam name="T">What a picture is named by, its path for example.</typeparam>
/// <param name="Source">Which picture.</param>
/// <param name="Image">The decoded picture; null where it could not be decoded.</param>
/// <param name="Detections">What was found, in pixels of the picture, best first.</param>
/// <param name="Problem">Why there is no picture; null where all went well.</param>
public sealed record PictureResult<T>(
    T Source, PixelImage? Image, ImmutableArray<DetectedObject> Detections, Diagnostic? Problem);
