using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Detections;
using NanoDet.Core.Diagnostics;
using NanoDet.Detection.Inference;
using NanoDet.Detection.Models;
using NanoDet.Detection.Onnx;
using NanoDet.Imaging;
using ModelMetadata = NanoDet.Core.Models.ModelMetadata;

namespace NanoDet.Detection;

/// <summary>
/// Detects objects in images with a NanoDet model in an ONNX file, exported by this project or by the original NanoDet. Any number
/// of threads can use one instance at the same time.
/// </summary>
/// <example><code>
/// using var detector = Detector.Load("model.onnx");
/// foreach (var found in detector.Detect("street.jpg"))
/// {
///     Console.WriteLine($"{detector.Metadata.Classes[found.Label]} {found.Score:P0} {found.Box}");
/// }
/// </code></example>
public sealed partial class Detector : IDisposable
{
    private readonly ModelShape _shape;
    private readonly NonMaximumSuppression _suppression;
    private readonly LanePool _lanes;
    private readonly string _path;
    private readonly int _batch;

    private Detector(InferenceSession session, IReadOnlyDictionary<string, string> properties, string path, DetectorOptions options)
    {
        _path = path;
        _batch = Math.Max(options.Batch, 1);
        _shape = ModelShape.Of(session, path);
        Metadata = ModelInspection.Inspect(_shape, properties, options, path);
        Metadata = Metadata with
        {
            ScoreThreshold = options.ScoreThreshold ?? Metadata.ScoreThreshold,
            IouThreshold = options.IouThreshold ?? Metadata.IouThreshold,
            MaxDetections = options.MaxDetections ?? Metadata.MaxDetections,
        };
        _suppression = new NonMaximumSuppression(Metadata.IouThreshold, Metadata.MaxDetections);
        _lanes = new LanePool(batch => new Lane(session, _shape, Metadata, batch, options.Device, path), session);
    }

    /// <summary>What the model is, and the thresholds that this detector uses.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>Whether one run of the network can take several images.</summary>
    public bool CanBatch => _shape.Batch < 0;

    /// <summary>Loads a model.</summary>
    /// <param name="path">The ONNX file; nothing beside it is opened.</param>
    /// <param name="options">How the detector runs; null for the model's own settings on the CPU.</param>
    /// <exception cref="DiagnosticException">NDB6001 to NDB6009.</exception>
    public static Detector Load(string path, DetectorOptions? options = null) => Load(OnnxModelFile.Read(path), path, options);

    /// <summary>Loads a model from memory, such as an embedded resource.</summary>
    /// <param name="model">The bytes of the ONNX file; not used after this call.</param>
    /// <param name="name">The name that diagnostics carry.</param>
    /// <param name="options">How the detector runs; null for the model's own settings on the CPU.</param>
    /// <exception cref="DiagnosticException">NDB6002 to NDB6009.</exception>
    public static Detector Load(byte[] model, string name, DetectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new DetectorOptions();
        var (prepared, properties) = OnnxModelFile.Prepare(model, name);
        var session = Session.Open(prepared, options, name);
        try
        {
            return new Detector(session, properties, name, options);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Detects the objects in an image file.</summary>
    /// <param name="path">The image file; its EXIF orientation is applied.</param>
    /// <param name="cancellation">Stops the work, including the network.</param>
    /// <returns>Detections in pixels of the image, best first.</returns>
    /// <exception cref="DiagnosticException">The image cannot be decoded (NDB12xx), or NDB6010.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public ImmutableArray<DetectedObject> Detect(string path, CancellationToken cancellation = default)
        => Detect(ImageDecoder.Load(path), cancellation);

    /// <summary>Detects the objects in an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellation">Stops the work, including the network.</param>
    /// <returns>Detections in pixels of the image, best first.</returns>
    /// <exception cref="DiagnosticException">NDB6010.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public ImmutableArray<DetectedObject> Detect(PixelImage image, CancellationToken cancellation = default)
    {
        var lane = _lanes.Rent(1);
        try
        {
            lane.Prepare(0, image);
            lane.Run(_path, cancellation);
            return [.. lane.Decode(0, Metadata.ScoreThreshold, _suppression)];
        }
        finally
        {
            _lanes.Return(lane);
        }
    }

    /// <summary>Detects the objects in an image without allocating, and returns the time of each step.</summary>
    /// <param name="image">The image.</param>
    /// <param name="detections">Filled with detections in pixels of the image, best first; detections that do not fit are left out.</param>
    /// <param name="times">The time of each step.</param>
    /// <param name="cancellation">Stops the work, including the network.</param>
    /// <returns>The number of detections that were written.</returns>
    /// <exception cref="DiagnosticException">NDB6010.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public int Detect(PixelImage image, Span<DetectedObject> detections, out StageTimes times, CancellationToken cancellation = default)
    {
        var lane = _lanes.Rent(1);
        try
        {
            var start = Stopwatch.GetTimestamp();
            lane.Prepare(0, image);
            var prepared = Stopwatch.GetTimestamp();
            lane.Run(_path, cancellation);
            var run = Stopwatch.GetTimestamp();
            var found = lane.Decode(0, Metadata.ScoreThreshold, _suppression);
            found = found[..Math.Min(found.Length, detections.Length)];
            found.CopyTo(detections);
            times = new StageTimes(
                Stopwatch.GetElapsedTime(start, prepared), Stopwatch.GetElapsedTime(prepared, run), Stopwatch.GetElapsedTime(run));
            return found.Length;
        }
        finally
        {
            _lanes.Return(lane);
        }
    }

    /// <summary>Detects the objects in several images, in one run of the network if the model allows it.</summary>
    /// <param name="images">The images, of any sizes.</param>
    /// <param name="cancellation">Stops the work, including the network.</param>
    /// <returns>The detections in each image, best first.</returns>
    /// <exception cref="DiagnosticException">NDB6010.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public ImmutableArray<ImmutableArray<DetectedObject>> Detect(IReadOnlyList<PixelImage> images, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (!CanBatch || images.Count < 2)
        {
            return [.. images.Select(image => Detect(image, cancellation))];
        }

        var lane = _lanes.Rent(images.Count);
        try
        {
            for (var i = 0; i < images.Count; i++)
            {
                lane.Prepare(i, images[i]);
            }

            lane.Run(_path, cancellation);
            var results = ImmutableArray.CreateBuilder<ImmutableArray<DetectedObject>>(images.Count);
            for (var i = 0; i < images.Count; i++)
            {
                results.Add([.. lane.Decode(i, Metadata.ScoreThreshold, _suppression)]);
            }

            return results.MoveToImmutable();
        }
        finally
        {
            _lanes.Return(lane);
        }
    }

    /// <summary>
    /// Frees the model, at any time and on any thread, without waiting: running detections finish, and the last of them frees
    /// the memory. Every later call throws <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => _lanes.Dispose();
}
