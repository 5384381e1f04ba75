using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Native;
using NanoDet.Training.Proof;

namespace NanoDet.Training.Loop;

/// <summary>What is trained, on what, and where the result goes.</summary>
public sealed record TrainingRun
{
    /// <summary>Network, input, schedule and seed; checked already.</summary>
    public required NanoDetConfiguration Configuration { get; init; }

    /// <summary>Images and labels.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>The folder that the images' paths are relative to.</summary>
    public required string ImageFolder { get; init; }

    /// <summary>The folder that takes weights, checkpoint and logs.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>
    /// Threads that libtorch computes with. They decide the order of sums and with it the last bits of the weights, so the
    /// request fixes them and not the machine.
    /// </summary>
    public required int Threads { get; init; }

    /// <summary>What is computed on.</summary>
    public TrainingDevice Device { get; init; } = TrainingDevice.Cpu;

    /// <summary>The vector instructions that the project asks for.</summary>
    public InstructionSet Instructions { get; init; }

    /// <summary>What is computed with, once it was proved; null for what was asked for, unproved.</summary>
    public ProvedArithmetic? Proved { get; init; }

    /// <summary>What is computed with; as the threads, it decides the order of sums.</summary>
    public Arithmetic Arithmetic => Proved?.Arithmetic ?? (Instructions == InstructionSet.Native ? LibTorch.Arithmetic : new Arithmetic(Instructions));

    /// <summary>Most bytes of decoded pictures that are kept in memory.</summary>
    public long PictureCacheBytes { get; init; } = 1L << 30;

    /// <summary>A checkpoint is written at the end of an epoch, and within one when the last is older than this.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Key of the training: two runs of the same key give the same weights on the same machine, so that one may go on from the
    /// other's checkpoint. Paths take no part in it, and of the weights to start from the content counts.
    /// </summary>
    /// <exception cref="DiagnosticException">NDB4100: the weights to start from cannot be read.</exception>
    public string Identity() => new Fingerprint(
    [
        new("arithmetic", Arithmetic.ToString()),
        new("configuration", ContentHash.Of(ConfigurationJson.Write(Configuration with { Schedule = Configuration.Schedule with { LoadModel = null } })).ToString()),
        new("dataset", ContentHash.Of(JsonSerializer.SerializeToUtf8Bytes(Dataset)).ToString()),
        new("device", Device.ToString()),
        new("pretrained", Configuration.Schedule.LoadModel is { } path ? Hash(path) : ""),
        new("threads", Threads.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("version", typeof(TrainingRun).Assembly.GetName().Version!.ToString()),
    ]).Hash;

    private static string Hash(string weights)
    {
        try
        {
            return ContentHash.OfFile(weights).ToString();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(WeightDiagnostics.Unreadable(weights, exception.Message.TrimEnd('.')), exception);
        }
    }
}
