using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Training.Diagnostics;

namespace NanoDet.Training.Loop;

/// <summary>Compares the memory that a training needs with the free memory, and finds the batch size that would fit.</summary>
/// <param name="configuration">The network and its input.</param>
/// <param name="images">The training images.</param>
/// <param name="cacheBytes">The largest size of the cache of decoded images, in bytes.</param>
public sealed class MemoryPreflight(NanoDetConfiguration configuration, ImmutableArray<DatasetImage> images, long cacheBytes)
{
    // Memory of libtorch, runtime, weights, optimizer, and everything else that is not part of a step: the peak of a real training minus the rest.
    private const double FixedBytes = 800e6;

    // Peaks of `train-memory` in tests/NanoDet.Benchmarks for four presets and two batch sizes, solved for the channels of each part.
    private const double BytesPerHeadChannel = 2.96;
    private const double BytesPerGuidanceChannel = 3.65;

    private readonly double _scale = configuration.Train.MultiScale?.High ?? 1;

    /// <summary>Makes the estimate for a training.</summary>
    /// <remarks>Decoded images never lie on a card. Its figures were measured on a processor; a card needs about the same for a step.</remarks>
    public static MemoryPreflight Of(TrainingRun run) => new(
        run.Configuration, [.. run.Dataset.Of(DatasetPart.Train)], run.Device == TrainingDevice.Cuda ? 0 : run.PictureCacheBytes);

    /// <summary>An estimate of the peak memory of the training, in bytes.</summary>
    public double NeededBytes => FixedBytes + Math.Min(cacheBytes, images.Sum(image => 4.0 * image.Width * image.Height)) + (configuration.BatchSize * ImageBytes);

    /// <summary>
    /// Bytes for one image in a step: what the forward pass keeps for the backward pass grows with the pixels of the input and the channels.
    /// </summary>
    private double ImageBytes => configuration.Train.Width * _scale * configuration.Train.Height * _scale
        * ((BytesPerBackboneChannel(configuration.Model.Backbone) * configuration.Model.Neck.InChannels.Sum())
            + (BytesPerHeadChannel * configuration.Model.Head.FeatChannels)
            + (configuration.Model.IsGuidedAt(0) ? BytesPerGuidanceChannel * configuration.Model.AuxiliaryHead!.FeatChannels : 0));

    // ShuffleNetV2 and EfficientNet-Lite0 were measured. The others follow from the numbers that their layers keep, in the same ratio;
    // for ResNet it is ShuffleNetV2's, and CustomCspNet is taken for as large.
    private static double BytesPerBackboneChannel(BackboneConfiguration backbone) => backbone switch
    {
        EfficientNetLiteConfiguration { ModelName: "efficientnet_lite0" } => 4.9,
        EfficientNetLiteConfiguration => 6.3,
        RepVggConfiguration or TimmConfiguration => 1.1,
        MobileNetV2Configuration => 1.5,
        GhostNetConfiguration => 1,
        _ => 0.56,
    };

    /// <summary>Returns the warning for an amount of free memory; null if it is enough.</summary>
    /// <param name="freeBytes">The free memory in bytes.</param>
    public Diagnostic? Check(long freeBytes) => NeededBytes <= freeBytes
        ? null
        : TrainingDiagnostics.LittleMemory(
            configuration.BatchSize, configuration.Train.Width, configuration.Train.Height, (long)(NeededBytes / 1e6), freeBytes / 1_000_000,
            (int)Math.Clamp((freeBytes - (NeededBytes - (configuration.BatchSize * ImageBytes))) / ImageBytes, 0, configuration.BatchSize - 1));

    /// <summary>Runs code that needs the memory.</summary>
    /// <exception cref="NanoDetException">NDB4021: memory ran out.</exception>
    public T Run<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (IsLackOfMemory(exception))
        {
            throw new NanoDetException(
                TrainingDiagnostics.OutOfMemory(configuration.BatchSize, configuration.Train.Width, configuration.Train.Height), exception);
        }
    }

    /// <summary>The free memory of this machine, or of the container if it has less, in bytes.</summary>
    public static long FreeBytes()
    {
        // The runtime knows the limits of containers and systems; it updates them during a garbage collection.
        GC.Collect(0, GCCollectionMode.Forced);
        var memory = GC.GetGCMemoryInfo();
        return Math.Max(memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes, 0);
    }

    // libtorch has no exception type for this: the CPU allocator, CUDA's allocator, C++, and cuBLAS and cuDNN use these words.
    private static bool IsLackOfMemory(Exception exception) => exception is OutOfMemoryException
        || (exception is ExternalException && Array.Exists(
            ["allocate memory", "not enough memory", "out of memory", "bad_alloc", "STATUS_ALLOC_FAILED"],
            words => exception.Message.Contains(words, StringComparison.OrdinalIgnoreCase)));
}
