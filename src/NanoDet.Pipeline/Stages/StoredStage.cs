using System.Collections.Immutable;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Stages;

/// <summary>A stage whose outputs the store keeps.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Outputs">What it leaves for others, by name in the output folder; a checkpoint is not among it.</param>
/// <param name="Reads">What it reads of the stored stage before it; null for the first.</param>
public sealed record StoredStage(string Name, ImmutableArray<string> Outputs, string? Reads)
{
    /// <summary>What it leaves only at times.</summary>
    public ImmutableArray<string> Optional { get; init; } = [];

    /// <summary>Training.</summary>
    public static StoredStage Train { get; } = new("train", [OutputFiles.Weights, OutputFiles.Lineage, OutputFiles.TrainingResult], null)
    {
        Optional = [OutputFiles.Metrics, OutputFiles.Parent],
    };

    /// <summary>Export.</summary>
    public static StoredStage Export { get; } = new("export", [OutputFiles.Onnx], OutputFiles.Weights);

    /// <summary>Evaluation.</summary>
    public static StoredStage Evaluate { get; } = new("evaluate", [OutputFiles.Evaluation, OutputFiles.Preview], OutputFiles.Onnx);

    /// <summary>All, in the order in which they run.</summary>
    public static ImmutableArray<StoredStage> All { get; } = [Train, Export, Evaluate];

    /// <summary>Whether a result has the files of the stage, and no others.</summary>
    /// <param name="names">Their names.</param>
    public bool Fits(IReadOnlyCollection<string> names)
        => names.Distinct(StringComparer.Ordinal).Count() == names.Count
        && Outputs.All(names.Contains) && names.All(name => Outputs.Contains(name) || Optional.Contains(name));

    /// <summary>The stage of a name; null where the store keeps nothing of it.</summary>
    public static StoredStage? Of(string name) => All.FirstOrDefault(stage => stage.Name == name);

    /// <summary>
    /// The key in the store. A stage's own key says what its inputs were made from, and two machines may make them in different
    /// bytes; so the bytes that it reads are part of this one, and weights of one machine are never put together with the
    /// exported file or the figures of another's.
    /// </summary>
    /// <param name="stageKey">Hash over the stage's inputs.</param>
    /// <param name="digestOf">SHA-256 of an output of the stage before; null where it is not known yet.</param>
    /// <returns>64 lower-case hexadecimal digits, or null.</returns>
    public string? Key(string stageKey, Func<string, string?> digestOf) => Reads is null ? stageKey
        : digestOf(Reads) is { } digest ? new Fingerprint([new("key", stageKey), new(Reads, digest)]).Hash
        : null;
}
