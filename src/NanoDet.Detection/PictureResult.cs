using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NanoDet.Core.Detections;
using NanoDet.Core.Diagnostics;
using NanoDet.Imaging;

namespace NanoDet.Detection;

/// <summary>The result for one of many images.</summary>
/// <typeparam name="T">What identifies an image, for example its path.</typeparam>
/// <param name="Source">The image's source.</param>
/// <param name="Image">The decoded image; null if it cannot be decoded. <c>JsonSerializer</c> leaves it out.</param>
/// <param name="Detections">The detections in pixels of the image, best first.</param>
/// <param name="Problem">Why there is no image (NDB12xx, or NDB6012); null if there is one.</param>
public sealed record PictureResult<T>(
    T Source, [property: JsonIgnore] PixelImage? Image, ImmutableArray<DetectedObject> Detections, Diagnostic? Problem);
