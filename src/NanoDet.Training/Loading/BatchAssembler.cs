using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Files;
using NanoDet.Training.Native;
using NanoDet.Vision.Augmentation;
using NanoDet.Vision.Images;
using static TorchSharp.torch;

namespace NanoDet.Training.Loading;

/// <summary>Decodes and augments the images of a batch.</summary>
/// <param name="imageFolder">The folder that the images' paths are relative to.</param>
/// <param name="augmentation">The random changes of every image.</param>
/// <param name="cache">Decoded images.</param>
/// <param name="device">The device to which the batches will be copied; null for none.</param>
/// <param name="inputSize">The size of every batch, in pixels; null for that of its largest sample.</param>
public sealed class BatchAssembler(
    string imageFolder, OnlineAugmentation augmentation, DecodedImageCache cache, Device? device = null, InputSize? inputSize = null)
{
    /// <summary>Makes a batch.</summary>
    /// <param name="step">Its images and its position.</param>
    /// <exception cref="NanoDetException">NDB1200 to NDB1204, NDB1206: an image cannot be read.</exception>
    public TrainingBatch Assemble(BatchStep step)
    {
        var (position, visits) = step;
        var pictures = visits.Select(visit => cache.Load(visit.Image, ProjectPath.Full(imageFolder, visit.Image.Path))).ToArray();
        var samples = visits.Select(visit => augmentation.Draw(visit.Image, position.Epoch, visit.AugmentationIndex(position.Epoch))).ToImmutableArray();
        var size = inputSize is { } only ? new(only.Width, only.Height) : OnlineAugmentation.BatchSize(samples);
        using var scope = NewDisposeScope();
        var input = DeviceCopy.Prepare(empty(samples.Length, 3, size.Height, size.Width), device ?? CPU).DetachFromDisposeScope();
        var values = MemoryMarshal.Cast<byte, float>(input.bytes);
        var length = 3 * size.Width * size.Height;
        for (var i = 0; i < samples.Length; i++)
        {
            augmentation.Write(pictures[i], samples[i], values.Slice(i * length, length), size);
        }

        return new TrainingBatch(position, [.. visits.Select(visit => visit.Image)], samples, input);
    }
}
