using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Training.Diagnostics;

namespace NanoDet.Training.Loop;

/// <summary>Compares the memory that a training will take with what is free, and names the batch that would fit.</summary>
/// <param name="configuration">The network and its input.</param>
/// <param name="images">The images that are learnt from.</param>
/// <param name="cacheBytes">Most bytes of decoded pictures that are kept.</param>
public sealed class MemoryPreflight(NanoDetConfiguration configuration, ImmutableArray<DatasetImage> images, long cacheBytes)
{
    // libtorch, runtime, weights, optimizer, and what training keeps beside its steps; the peak of a real training less the rest.
    private const double FixedBytes = 800e6;

    // Peaks of `train-memory` in tests/NanoDet.Benchmarks for four presets and two batches, solved for the channels of each part.
    private const double BytesPerBackboneChannel = 0.56;
    private const double BytesPerHeadChannel = 2.96;
    private const double BytesPerGuidanceChannel = 3.65;

    private readonly double _scale = configuration.Train.MultiScale?.High ?? 1;

    /// <summary>What a training will take.</summary>
    public static MemoryPreflight Of(TrainingRun run) => new(run.Configuration, [.. run.Dataset.Of(DatasetPart.Train)], run.PictureCacheBytes);

    /// <summary>Bytes that the training will take at most, by an estimate.</summary>
    public double NeededBytes => FixedBytes + Math.Min(cacheBytes, images.Sum(image => 4.0 * image.Width * image.Height)) + (configuration.BatchSize * ImageBytes);

    /// <summary>
    /// Bytes of one image in a step: what forward keeps for backward grows with the pixels of the input and the channels inside.
    /// </summary>
    private double ImageBytes => configuration.Train.Width * _scale * configuration.Train.Height * _scale
        * ((BytesPerBackboneChannel * configuration.Model.Neck.InChannels.Sum())
            + (BytesPerHeadChannel * configuration.Model.Head.FeatChannels)
            + (BytesPerGuidanceChannel * (configuration.Model.AuxiliaryHead?.FeatChannels ?? 0)));

    /// <summary>The warning for a machine with so much memory free; null where it is enough.</summary>
    /// <param name="freeBytes">Bytes that are free.</param>
    public Diagnostic? Check(long freeBytes) => NeededBytes <= freeBytes
        ? null
        : TrainingDiagnostics.LittleMemory(
            configuration.BatchSize, configuration.Train.Width, configuration.Train.Height, (long)(NeededBytes / 1e6), freeBytes / 1_000_000,
            (int)Math.Clamp((freeBytes - (NeededBytes - (configuration.BatchSize * ImageBytes))) / ImageBytes, 0, configuration.BatchSize - 1));

    /// <summary>Runs what takes the memory.</summary>
    /// <exception cref="DiagnosticException">NDB4021: memory ran out.</exception>
    public T Run<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (IsLackOfMemory(exception))
        {
            throw new DiagnosticException(
                TrainingDiagnostics.OutOfMemory(configuration.BatchSize, configuration.Train.Width, configuration.Train.Height), exception);
        }
    }

    /// <summary>Bytes that are free on this machine, or in the container where that has less.</summary>
    public static long FreeBytes()
    {
        // The runtime knows the limits of containers and systems; it looks when it collects.
        GC.Collect(0, GCCollectionMode.Forced);
        var memory = GC.GetGCMemoryInfo();
        return Math.Max(memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes, 0);
    }

    // libtorch has no type of its own for it: the processor's allocator, CUDA's, and C++ say it in these words.
    private static bool IsLackOfMemory(Exception exception) => exception is OutOfMemoryException
        || (exception is ExternalException && Array.Exists(
            ["allocate memory", "not enough memory", "out of memory", "bad_alloc"],
            words => exception.Message.Contains(words, StringComparison.OrdinalIgnoreCase)));
}
