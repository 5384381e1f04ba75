using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Native;
using NanoDet.Training.Proof;

namespace NanoDet.Training.Loop;

/// <summary>The inputs of a training and the folder of its result.</summary>
public sealed record TrainingRun
{
    /// <summary>Network, input, schedule and seed; already checked.</summary>
    public required NanoDetConfiguration Configuration { get; init; }

    /// <summary>Images and labels.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>The folder that the images' paths are relative to.</summary>
    public required string ImageFolder { get; init; }

    /// <summary>The folder for weights, checkpoint and logs.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>
    /// Threads of libtorch. They affect the order of sums and so the last bits of the weights, so the
    /// request sets them, not the machine.
    /// </summary>
    public required int Threads { get; init; }

    /// <summary>The device.</summary>
    public TrainingDevice Device { get; init; } = TrainingDevice.Cpu;

    /// <summary>The vector instructions that the project asks for.</summary>
    public InstructionSet Instructions { get; init; }

    /// <summary>What the network computes in during a step. Validation is in single precision.</summary>
    public TrainingPrecision Precision { get; init; }

    /// <summary>Whether a card may use TF32 (<see cref="Native.Arithmetic.UsesTf32"/>).</summary>
    public bool UsesTf32 { get; init; }

    /// <summary>The proved arithmetic; null for the requested one without a proof.</summary>
    public ProvedArithmetic? Proved { get; init; }

    /// <summary>The arithmetic; like the threads, it affects the order of sums.</summary>
    public Arithmetic Arithmetic => Proved?.Arithmetic ?? (Instructions == InstructionSet.Native ? LibTorch.Arithmetic : new Arithmetic(Instructions));

    /// <summary>The largest size of the cache of decoded images, in bytes.</summary>
    public long PictureCacheBytes { get; init; } = 1L << 30;

    /// <summary>The key of the build's stage, which the checkpoint keeps; null for none.</summary>
    public string? Stage { get; init; }

    /// <summary>SHA-256 of the pretrained weights as they were planned; null for any.</summary>
    public string? PretrainedHash { get; init; }

    /// <summary>The place that names the pretrained weights; null for the file itself.</summary>
    public SourceLocation? PretrainedPlace { get; init; }

    /// <summary>SHA-256 of the weights for the backbone as they were planned; null for any.</summary>
    public string? BackboneWeightsHash { get; init; }

    /// <summary>The place that names the weights for the backbone; null for the file itself.</summary>
    public SourceLocation? BackboneWeightsPlace { get; init; }

    /// <summary>The file that remembers which pictures decode; null to decode them all.</summary>
    public string? DecodedPictures { get; init; }

    /// <summary>A checkpoint is written at the end of an epoch, and within an epoch when the last one is older than this.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// At the end of an epoch, a checkpoint is written unless the last one is younger than this multiple of the time that it took: with
    /// epochs of two seconds, writing would otherwise take longer than learning. With 0, every epoch ends with one.
    /// </summary>
    public int CheckpointSpacing { get; init; } = 30;

    /// <summary>
    /// Key of the training: two runs with the same key give the same weights on the same machine, so that one can resume from the
    /// other's checkpoint. It does not contain paths, and it contains the content of pretrained weights.
    /// </summary>
    /// <exception cref="NanoDetException">NDB4100: the pretrained weights cannot be read.</exception>
    public string Identity() => Inputs().Hash;

    /// <summary>What <see cref="Identity"/> is the hash of; the seed is in the configuration.</summary>
    /// <exception cref="NanoDetException">NDB4100: the pretrained weights cannot be read.</exception>
    public Fingerprint Inputs() => new(
    [
        new("arithmetic", Arithmetic.ToString()),
        new("backbone", Configuration.Schedule.BackboneWeights is { } backbone ? Hash(backbone) : ""),
        new("configuration", ContentHash.Of(ConfigurationJson.Write(Configuration.DecidingWeights())).ToString()),
        new("dataset", ContentHash.Of(JsonSerializer.SerializeToUtf8Bytes(Dataset)).ToString()),
        new("device", Device.ToString()),
        new("precision", Precision.ToString()),
        new("pretrained", Configuration.Schedule.LoadModel is { } path ? Hash(path) : ""),
        new("threads", Threads.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("version", typeof(TrainingRun).Assembly.GetName().Version!.ToString()),
    ]);

    private static string Hash(string weights)
    {
        try
        {
            return ContentHash.OfFile(weights).ToString();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(WeightDiagnostics.Unreadable(weights, exception.Message.TrimEnd('.')), exception);
        }
    }
}
