using System.Collections.Immutable;
using NanoDet.Core.Models;

namespace NanoDet.Data.Configuration;

/// <summary>All settings of how a model is built and trained, as in NanoDet's yml files.</summary>
public sealed record NanoDetConfiguration
{
    /// <summary>The network.</summary>
    public required ModelConfiguration Model { get; init; }

    /// <summary>Input of the training part.</summary>
    public required InputConfiguration Train { get; init; }

    /// <summary>Input of the validation part, and of the exported model.</summary>
    public required InputConfiguration Validation { get; init; }

    /// <summary>Images in one training batch (<c>device.batchsize_per_gpu</c>).</summary>
    public required int BatchSize { get; init; }

    /// <summary>The GPUs in the file; -1 for none (<c>device.gpu_ids</c>).</summary>
    public ImmutableArray<int> Devices { get; init; } = [0];

    /// <summary>Bits of a number during training, 32 or 16 (<c>device.precision</c>).</summary>
    public int Precision { get; init; } = 32;

    /// <summary>Optimizer, learning rate, length.</summary>
    public required ScheduleConfiguration Schedule { get; init; }

    /// <summary>The largest norm of all gradients together; 0 for no clipping (<c>grad_clip</c>).</summary>
    public double GradientClip { get; init; } = 35;

    /// <summary>The figure that decides which checkpoint is best (<c>evaluator.save_key</c>).</summary>
    public string SaveKey { get; init; } = "mAP";

    /// <summary>Steps between two lines of the log (<c>log.interval</c>).</summary>
    public int LogInterval { get; init; } = 50;

    /// <summary>The random seed; NanoDet takes it from the command line.</summary>
    public int Seed { get; init; }

    /// <summary>Class names in label order; empty if the data set decides.</summary>
    public ImmutableArray<string> ClassNames { get; init; } = [];

    /// <summary>
    /// The settings that decide which weights a training ends with. Those that do not are as in a file without them, so that a change of
    /// one trains nothing anew: devices and precision, which properties of the project decide; <c>resume</c>; the lines of the log; and
    /// the place of pretrained weights, whose content counts.
    /// </summary>
    /// <returns>A configuration for a key, and for nothing else.</returns>
    public NanoDetConfiguration DecidingWeights() => this with
    {
        Devices = [0],
        Precision = 32,
        LogInterval = 50,
        Schedule = Schedule with { Resume = false, LoadModel = null, BackboneWeights = null },
    };

    /// <summary>Returns the metadata of a model with this configuration.</summary>
    /// <param name="classes">Class names in label order.</param>
    public ModelMetadata MetadataFor(ImmutableArray<string> classes) => new()
    {
        Classes = classes,
        InputWidth = Validation.Width,
        InputHeight = Validation.Height,
        Strides = Model.Head.Strides,
        RegMax = Model.Head.RegMax,
        CentredPriors = Model.Head.Decoder().CentredPriors,
        KeepRatio = Validation.KeepRatio,
        Mean = Validation.Pipeline.Mean,
        Std = Validation.Pipeline.Std,
    };
}
