using System.Collections.Immutable;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Stages;

/// <summary>A stage whose outputs the store keeps.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Outputs">Its outputs for other stages, by name in the output folder, without checkpoints.</param>
/// <param name="Reads">The output of a stored stage before it that it reads; null for the first stage.</param>
public sealed record StoredStage(string Name, ImmutableArray<string> Outputs, string? Reads)
{
    /// <summary>Outputs that it does not always write.</summary>
    public ImmutableArray<string> Optional { get; init; } = [];

    /// <summary>Training.</summary>
    public static StoredStage Train { get; } = new("train", [OutputFiles.Weights, OutputFiles.Lineage, OutputFiles.TrainingResult], null)
    {
        Optional = [OutputFiles.Metrics, OutputFiles.Parent],
    };

    /// <summary>Export.</summary>
    public static StoredStage Export { get; } = new("export", [OutputFiles.Onnx], OutputFiles.Weights)
    {
        Optional = [OutputFiles.UnquantizedOnnx, OutputFiles.Quantization, OutputFiles.DetectionsOnnx],
    };

    /// <summary>Evaluation.</summary>
    public static StoredStage Evaluate { get; } = new("evaluate", [OutputFiles.Evaluation, OutputFiles.EvaluationDetails, OutputFiles.Preview], OutputFiles.Onnx);

    /// <summary>The lint: what its models found. The models of folds are not kept, because nothing else reads them.</summary>
    public static StoredStage Lint { get; } = new("lint", [OutputFiles.LintFindings], OutputFiles.Onnx);

    /// <summary>The stages of a model, in the order in which they run.</summary>
    public static ImmutableArray<StoredStage> OfModel { get; } = [Train, Export, Evaluate];

    /// <summary>All stored stages, in the order in which they run; a project need not have the lint.</summary>
    public static ImmutableArray<StoredStage> All { get; } = [.. OfModel, Lint];

    /// <summary>Whether a result has exactly the files of the stage.</summary>
    /// <param name="names">Their names.</param>
    public bool Fits(IReadOnlyCollection<string> names)
        => names.Distinct(StringComparer.Ordinal).Count() == names.Count
        && Outputs.All(names.Contains) && names.All(name => Outputs.Contains(name) || Optional.Contains(name));

    /// <summary>Returns the stage with a name; null if the store does not keep its results.</summary>
    public static StoredStage? Of(string name) => All.FirstOrDefault(stage => stage.Name == name);

    /// <summary>
    /// The key in the store. The key of a stage says what its inputs were made from, but two machines may make them with different
    /// bytes. So this key also contains the digest of the file that the stage reads, and the weights of one machine are never combined
    /// with the exported file or the figures of another.
    /// </summary>
    /// <param name="stageKey">Hash of the stage's inputs.</param>
    /// <param name="digestOf">SHA-256 of an output of the stage before; null if it is not known yet.</param>
    /// <returns>64 lower-case hexadecimal digits, or null.</returns>
    public string? Key(string stageKey, Func<string, string?> digestOf) => Reads is null ? stageKey
        : digestOf(Reads) is { } digest ? new Fingerprint([new("key", stageKey), new(Reads, digest)]).Hash
        : null;
}
