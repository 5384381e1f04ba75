using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using NanoDet.Core.Detections;
using NanoDet.Core.Diagnostics;
using NanoDet.Detection.Diagnostics;
using NanoDet.Detection.Inference;
using NanoDet.Detection.Models;
using NanoDet.Detection.Onnx;
using NanoDet.Imaging;
using ModelMetadata = NanoDet.Core.Models.ModelMetadata;

namespace NanoDet.Detection;

/// <summary>
/// Detects objects in images with a NanoDet model in an ONNX file, exported by this project or by the original NanoDet. Any number
/// of threads can use one instance at the same time; <see cref="DetectorOptions.MaxConcurrency"/> of them detect, and the others wait.
/// </summary>
/// <example><code>
/// using var detector = Detector.Load("model.onnx");
/// foreach (var found in detector.Detect("street.jpg"))
/// {
///     Console.WriteLine($"{found.Name} {found.Score:P0} {found.Box}");
/// }
/// </code></example>
public sealed partial class Detector : IDisposable
{
    // What diagnostics call something without a path.
    private const string InMemory = "memory";

    // Of one of several views, also what it hardly believes in counts, and more than is asked for: an object that it leaves out would count as not seen.
    private const double LeastScore = 0.05;
    private const int FewestDetections = 300;

    private readonly ModelShape _shape;
    private readonly NonMaximumSuppression _suppression;
    private readonly string _path;
    private readonly int _batch;
    private readonly long _maxPixels;
    private readonly ImmutableArray<ImageView> _views;
    private readonly double _scoreThresholdInView;
    private readonly NonMaximumSuppression _suppressionInView;

    private Detector(OpenSession open, IReadOnlyDictionary<string, string> properties, string path, DetectorOptions options)
    {
        _path = path;
        _maxPixels = options.MaxPixels;
        (var session, Provider, SkippedProviders) = open;
        _shape = ModelShape.Of(session, path);
        Metadata = ModelInspection.Inspect(_shape, properties, options, path);
        Metadata = Metadata with
        {
            ScoreThreshold = options.ScoreThreshold ?? Metadata.ScoreThreshold,
            IouThreshold = options.IouThreshold ?? Metadata.IouThreshold,
            MaxDetections = options.MaxDetections ?? Metadata.MaxDetections,
        };
        _suppression = new NonMaximumSuppression(Metadata.IouThreshold, Metadata.MaxDetections);
        (_views, _scoreThresholdInView, _suppressionInView) = options.TestTimeAugmentation
            ? (ImageView.Augmented, Math.Min(Metadata.ScoreThreshold, LeastScore), _suppression with { MaxDetections = Math.Max(Metadata.MaxDetections, FewestDetections) })
            : ([ImageView.Whole], Metadata.ScoreThreshold, _suppression);
        _batch = CanBatch && _views.Length == 1 ? options.Batch : 1;
        var bindEachRun = Provider != ExecutionProvider.Cpu || options.ConfigureSession is not null;
        Queue = new DetectionQueue(options.MaxConcurrency);
        var wanted = WantedLabels(options.Classes);
        Lanes = new LanePool(batch => new Lane(session, _shape, Metadata, wanted, batch, bindEachRun, path), session, options.Clock);
    }

    /// <summary>What the model is, and the thresholds that this detector uses.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>What runs the network: the first of <see cref="DetectorOptions.Providers"/> that could.</summary>
    public ExecutionProvider Provider { get; }

    /// <summary>Why those before it in the options could not; empty if the first one could.</summary>
    public ImmutableArray<Diagnostic> SkippedProviders { get; }

    /// <summary>Whether one run of the network can take several images.</summary>
    public bool CanBatch => _shape.Batch < 0;

    /// <summary>Loads a model.</summary>
    /// <param name="path">
    /// The ONNX file; nothing beside it is opened. A relative path starts at the current folder, or else at the folder of the
    /// program, where a build puts the model of a referenced project.
    /// </param>
    /// <param name="options">How the detector runs; null for the model's own settings on the CPU.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="NanoDetException">NDB6001 to NDB6009, or NDB6013.</exception>
    public static Detector Load(string path, DetectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var beside = Path.Combine(AppContext.BaseDirectory, path);
        var found = File.Exists(path) || !File.Exists(beside) ? path : beside;
        return File.Exists(found) || Directory.Exists(found)
            ? Load(OnnxModelFile.Read(found), found, options)
            : throw new NanoDetException(DetectionDiagnostics.ModelUnreadable(path, "there is no such file"
                + (Path.IsPathRooted(path) ? "" : $", neither in '{Environment.CurrentDirectory}' nor in '{Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)}'")));
    }

    /// <summary>Loads a model from a stream, such as an embedded resource.</summary>
    /// <param name="model">The ONNX file, read from its position to its end. What the stream throws is passed on.</param>
    /// <param name="name">The name that diagnostics carry.</param>
    /// <param name="options">How the detector runs; null for the model's own settings on the CPU.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="NanoDetException">NDB6002 to NDB6009, or NDB6013.</exception>
    public static Detector Load(Stream model, string name = InMemory, DetectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(name);
        return Load(OnnxModelFile.Read(model, name), name, options);
    }

    /// <summary>Loads a model from memory.</summary>
    /// <param name="model">The bytes of the ONNX file; not used after this call.</param>
    /// <param name="name">The name that diagnostics carry.</param>
    /// <param name="options">How the detector runs; null for the model's own settings on the CPU.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="NanoDetException">NDB6002 to NDB6009, or NDB6013.</exception>
    public static Detector Load(byte[] model, string name = InMemory, DetectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Load((ReadOnlyMemory<byte>)model, name, options);
    }

    /// <summary>Loads a model from memory.</summary>
    /// <param name="model">The bytes of the ONNX file; not used after this call.</param>
    /// <param name="name">The name that diagnostics carry.</param>
    /// <param name="options">How the detector runs; null for the model's own settings on the CPU.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="NanoDetException">NDB6002 to NDB6009, or NDB6013.</exception>
    public static Detector Load(ReadOnlyMemory<byte> model, string name = InMemory, DetectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        options ??= new DetectorOptions();
        DetectorOptionsCheck.Check(options);
        var (prepared, properties) = OnnxModelFile.Prepare(ArrayOf(model), name);
        var open = Session.Open(prepared, options, name);
        try
        {
            return new Detector(open, properties, name, options);
        }
        catch
        {
            open.Session.Dispose();
            throw;
        }
    }

    /// <summary>Detects the objects in an image file.</summary>
    /// <param name="path">The image file; its EXIF orientation is applied.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>Detections in pixels of the image, best first.</returns>
    /// <exception cref="NanoDetException">The image cannot be decoded (NDB12xx), or NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public ImmutableArray<DetectedObject> Detect(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var turn = Queue.Enter(cancellationToken);
        return DetectInTurn(Decode(path), cancellationToken);
    }

    /// <summary>Detects the objects in an encoded image, such as an upload.</summary>
    /// <param name="image">A file's content, read from the stream's position to its end; its EXIF orientation is applied. What the stream throws is passed on.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>Detections in pixels of the image, best first.</returns>
    /// <exception cref="NanoDetException">The image cannot be decoded (NDB12xx), or NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public ImmutableArray<DetectedObject> Detect(Stream image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        cancellationToken.ThrowIfCancellationRequested();
        return Detect(ImageDecoder.Read(image, InMemory), cancellationToken);
    }

    /// <summary>Detects the objects in an encoded image in memory.</summary>
    /// <param name="image">A file's content; its EXIF orientation is applied.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>Detections in pixels of the image, best first.</returns>
    /// <exception cref="NanoDetException">The image cannot be decoded (NDB12xx), or NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public ImmutableArray<DetectedObject> Detect(byte[] image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Detect((ReadOnlyMemory<byte>)image, cancellationToken);
    }

    /// <summary>Detects the objects in an encoded image in memory.</summary>
    /// <param name="image">A file's content; its EXIF orientation is applied.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>Detections in pixels of the image, best first.</returns>
    /// <exception cref="NanoDetException">The image cannot be decoded (NDB12xx), or NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public ImmutableArray<DetectedObject> Detect(ReadOnlyMemory<byte> image, CancellationToken cancellationToken = default)
    {
        using var turn = Queue.Enter(cancellationToken);
        return DetectInTurn(Decode(image), cancellationToken);
    }

    /// <summary>Detects the objects in pixels, such as a frame of a camera.</summary>
    /// <param name="pixels">Rows from the top.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="format">The order of a pixel's bytes.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>Detections in pixels of the image, best first.</returns>
    /// <exception cref="ArgumentException">There are fewer bytes than rows and stride need.</exception>
    /// <exception cref="NanoDetException">NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public ImmutableArray<DetectedObject> Detect(
        ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format, CancellationToken cancellationToken = default)
        => Detect(new PixelImage(width, height, pixels, stride, format), cancellationToken);

    /// <summary>Detects the objects in an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>Detections in pixels of the image, best first.</returns>
    /// <exception cref="NanoDetException">NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public ImmutableArray<DetectedObject> Detect(PixelImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var turn = Queue.Enter(cancellationToken);
        return DetectInTurn(image, cancellationToken);
    }

    /// <summary>Detects the objects in an image without allocating, and returns the time of each step.</summary>
    /// <param name="image">The image.</param>
    /// <param name="detections">Filled with detections in pixels of the image, best first; detections that do not fit are left out.</param>
    /// <param name="times">The time of each step.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>The number of detections that were written.</returns>
    /// <exception cref="NanoDetException">NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public int Detect(PixelImage image, Span<DetectedObject> detections, out StageTimes times, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var turn = Queue.Enter(cancellationToken);
        var lane = Lanes.Rent(1);
        try
        {
            var found = Detect(lane, image, out times, cancellationToken);
            found = found[..Math.Min(found.Length, detections.Length)];
            found.CopyTo(detections);
            return found.Length;
        }
        finally
        {
            Lanes.Return(lane);
        }
    }

    /// <summary>Runs the network on an image, for what reads more from it than boxes.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>The output of the network, [rows, columns], which <see cref="ModelMetadata.Decoder"/> describes.</returns>
    /// <exception cref="NanoDetException">NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    internal float[] Predict(PixelImage image, CancellationToken cancellationToken)
    {
        using var turn = Queue.Enter(cancellationToken);
        var lane = Lanes.Rent(1);
        try
        {
            lane.Prepare(0, image, ImageView.Whole);
            lane.Run(_path, cancellationToken);
            return lane.Output(0).ToArray();
        }
        finally
        {
            Lanes.Return(lane);
        }
    }

    /// <summary>Detects the objects in several images, in one run of the network if the model allows it.</summary>
    /// <param name="images">The images, of any sizes.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>The detections in each image, best first.</returns>
    /// <exception cref="NanoDetException">NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public ImmutableArray<ImmutableArray<DetectedObject>> Detect(IReadOnlyList<PixelImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Contains(null!))
        {
            throw new ArgumentNullException(nameof(images), "One of the images is null.");
        }

        using var turn = Queue.Enter(cancellationToken);
        return DetectInTurn(images, cancellationToken);
    }

    /// <summary>Whether each label is to be detected; null for all of them.</summary>
    /// <exception cref="NanoDetException">NDB6013.</exception>
    private bool[]? WantedLabels(IReadOnlyCollection<string>? names)
    {
        if (names is null)
        {
            return null;
        }

        var wanted = new bool[Metadata.Classes.Length];
        foreach (var name in names)
        {
            var label = Metadata.Classes.IndexOf(name);
            wanted[label >= 0 ? label : throw new NanoDetException(DetectionDiagnostics.NoSuchClass(_path, name, Metadata.Classes))] = true;
        }

        return wanted;
    }

    private PixelImage Decode(string path) => ImageDecoder.Load(path, maxPixels: _maxPixels);

    private PixelImage Decode(ReadOnlyMemory<byte> image) => ImageDecoder.Decode(image.Span, InMemory, maxPixels: _maxPixels);

    private ImmutableArray<DetectedObject> DetectInTurn(PixelImage image, CancellationToken cancellationToken)
    {
        var lane = Lanes.Rent(1);
        try
        {
            return [.. Detect(lane, image, out _, cancellationToken)];
        }
        finally
        {
            Lanes.Return(lane);
        }
    }

    private ImmutableArray<ImmutableArray<DetectedObject>> DetectInTurn(IReadOnlyList<PixelImage> images, CancellationToken cancellationToken)
    {
        if (!CanBatch || images.Count < 2 || _views.Length > 1)
        {
            return [.. images.Select(image => DetectInTurn(image, cancellationToken))];
        }

        var lane = Lanes.Rent(images.Count);
        try
        {
            for (var i = 0; i < images.Count; i++)
            {
                lane.Prepare(i, images[i], ImageView.Whole);
            }

            lane.Run(_path, cancellationToken);
            var results = ImmutableArray.CreateBuilder<ImmutableArray<DetectedObject>>(images.Count);
            for (var i = 0; i < images.Count; i++)
            {
                results.Add([.. lane.Decode(i, Metadata.ScoreThreshold, _suppression)]);
            }

            return results.MoveToImmutable();
        }
        finally
        {
            Lanes.Return(lane);
        }
    }

    // Valid until the lane is used again.
    private ReadOnlySpan<DetectedObject> Detect(Lane lane, PixelImage image, out StageTimes times, CancellationToken cancellationToken)
    {
        if (_views is [var only])
        {
            return Look(lane, image, only, out times, cancellationToken);
        }

        times = default;
        var found = new List<(ImageView, ImmutableArray<DetectedObject>)>(_views.Length);
        foreach (var view in _views)
        {
            found.Add((view, [.. Look(lane, image, view, out var look, cancellationToken)]));
            times = new StageTimes(times.Prepare + look.Prepare, times.Run + look.Run, times.Decode + look.Decode);
        }

        var start = Stopwatch.GetTimestamp();
        var detections = ViewConsensus.Of(found, image.Size, Metadata.ScoreThreshold, _suppression);
        times = times with { Decode = times.Decode + Stopwatch.GetElapsedTime(start) };
        return detections.AsSpan();
    }

    private ReadOnlySpan<DetectedObject> Look(Lane lane, PixelImage image, ImageView view, out StageTimes times, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        lane.Prepare(0, image, view);
        var prepared = Stopwatch.GetTimestamp();
        lane.Run(_path, cancellationToken);
        var run = Stopwatch.GetTimestamp();
        var found = lane.Decode(0, _scoreThresholdInView, _suppressionInView);
        times = new StageTimes(
            Stopwatch.GetElapsedTime(start, prepared), Stopwatch.GetElapsedTime(prepared, run), Stopwatch.GetElapsedTime(run));
        return found;
    }

    /// <summary>The sets of buffers, idle and running.</summary>
    internal LanePool Lanes { get; }

    /// <summary>Where calls wait for their turn.</summary>
    internal DetectionQueue Queue { get; }

    // ONNX Runtime takes arrays alone; most memory is one.
    private static byte[] ArrayOf(ReadOnlyMemory<byte> memory)
        => MemoryMarshal.TryGetArray(memory, out var segment) && segment is { Offset: 0, Array: { } array } && array.Length == segment.Count ? array : memory.ToArray();

    /// <summary>
    /// Frees the model, at any time and on any thread, without waiting: running detections finish, and the last of them frees
    /// the memory. Every later call throws <see cref="ObjectDisposedException"/>, and so does one that waits for its turn.
    /// </summary>
    public void Dispose()
    {
        Queue.Dispose();
        Lanes.Dispose();
    }
}
