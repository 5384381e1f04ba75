using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Images;
using ModelMetadata = NanoDet.Core.Models.ModelMetadata;

namespace NanoDet.Detection;

/// <summary>
/// How a <see cref="Detector"/> runs; by default, settings come from the model. <c>Detector.Load</c> refuses a value out of its range
/// with an <see cref="ArgumentException"/> that names the option.
/// </summary>
public sealed record DetectorOptions
{
    /// <summary>The most <see cref="Threads"/>: ONNX Runtime starts as many as it is told to.</summary>
    internal const int MostThreads = 1024;

    /// <summary>The largest <see cref="Batch"/>: all its images are in memory at the same time.</summary>
    internal const int MostImagesOfBatch = 1024;

    /// <summary>The number of threads for one image, at most 1024; 0 for one per physical core.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// The most detections that run at the same time, at least 1, each with memory of its own; by default the number of processor cores. Further
    /// calls wait in their order, those of <c>DetectAsync</c> without a thread. An encoded image is decoded only when it is its turn.
    /// </summary>
    public int MaxConcurrency { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The most pixels of an encoded image, 1 to 536 million; 100 million by default. One with more is refused (NDB1202) before anything is allocated
    /// for it; decoded, each pixel takes 4 bytes. Images that the program decodes itself have no limit.
    /// </summary>
    public long MaxPixels { get; init; } = ImageLimits.MaxPixels;

    /// <summary>
    /// The most images that <c>DetectAsync</c> puts into one run of the network, if the model allows several. A run takes those that
    /// have come from the source and does not wait for more. 1 to 1024.
    /// </summary>
    public int Batch { get; init; } = 1;

    /// <summary>
    /// What may run the network, best first: the first that the program's ONNX Runtime has and that starts is used. Without
    /// <see cref="ExecutionProvider.Cpu"/> at the end, NDB6009 says what is missing.
    /// </summary>
    public IReadOnlyList<ExecutionProvider> Providers { get; init; } = [ExecutionProvider.Cpu];

    /// <summary>The index of the GPU for CUDA, TensorRT and DirectML, if there are several.</summary>
    public int DeviceId { get; init; }

    /// <summary>
    /// Changes the settings of ONNX Runtime after all others were made, once for each provider that is tried; for what has no
    /// option here, such as another provider or a profile. Its exceptions are passed on.
    /// </summary>
    public Action<SessionOptions>? ConfigureSession { get; init; }

    /// <summary>Detections at or below this score, 0 to 1, are left out; null for the model's own threshold.</summary>
    public double? ScoreThreshold { get; init; }

    /// <summary>If two boxes of one class overlap by more than this IoU, 0 to 1, the one with the lower score is removed; null for the model's own threshold.</summary>
    public double? IouThreshold { get; init; }

    /// <summary>
    /// The names of the classes to detect; null for all that the model has. Objects of other classes are left out, and <see cref="MaxDetections"/> counts
    /// those that are left. A name that the model does not have is NDB6013.
    /// </summary>
    public IReadOnlyCollection<string>? Classes { get; init; }

    /// <summary>The largest number of detections in one image, at least 1; null for the model's own number.</summary>
    public int? MaxDetections { get; init; }

    /// <summary>
    /// Whether to look at each image six times and to take the mean: as it is, mirrored, and enlarged at its four corners (test-time
    /// augmentation). Small objects are found better, and boxes and scores are more exact, in up to six times the time. Batches are not used then.
    /// </summary>
    public bool TestTimeAugmentation { get; init; }

    /// <summary>A text file with one class name per line, for models without class names; null for none.</summary>
    public string? ClassesFile { get; init; }

    /// <summary>
    /// Replaces the metadata of the model, or what would be derived from its shapes; for example for other models that are
    /// normalised differently.
    /// </summary>
    public ModelMetadata? Metadata { get; init; }

    /// <summary>The clock of the buffers that are not needed any more.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}
