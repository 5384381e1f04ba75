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
