using System.Collections.Immutable;
using System.Text.Json;
using NanoDet.Training.Weights;
using static TorchSharp.torch;

namespace NanoDet.Training.Checkpoints;

/// <summary>
/// The state of a training, from which it can be resumed exactly: weights, moving average, optimizer state, the result so far and the
/// <see cref="TrainingState"/>, in one file that is written atomically and has a digest. Data order, augmentation and the random
/// numbers of layers depend only on the position. The same position in the same training always gives the same bytes.
/// </summary>
public sealed class Checkpoint
{
    private const string StateKey = "training";
    private const string ResultPrefix = "result.";

    private readonly WeightSet _content;

    private Checkpoint(string path, WeightSet content, TrainingState state)
    {
        (Path, _content, State) = (path, content, state);
        var result = content.Tensors.Where(entry => entry.Key.StartsWith(ResultPrefix, StringComparison.Ordinal))
            // Copies, because the tensors of a file keep its whole content in memory.
            .Select(entry => KeyValuePair.Create(entry.Key[ResultPrefix.Length..], entry.Value with { Data = entry.Value.Data.ToArray() })).ToArray();
        Result = result.Length == 0 ? null : new WeightSet(new(result), OfClasses(content.Metadata.GetValueOrDefault(WeightSet.ClassesKey, "[]")));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Everything that is not a tensor.</summary>
    public TrainingState State { get; }

    /// <summary>The weights that are the result if no better ones follow; null before the first validation whose deciding figure is above 0.</summary>
    public WeightSet? Result { get; }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="previous">The name under which the checkpoint that it replaces is kept.</param>
    /// <param name="state">Everything that is not a tensor.</param>
    /// <param name="classes">The class names in label order, for another training that uses the file as pretrained weights.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="result">The result so far; null for none.</param>
    public static void Save(
        string path, string previous, TrainingState state, ImmutableArray<string> classes, IEnumerable<KeyValuePair<string, Tensor>> tensors, WeightSet? result)
    {
        using var scope = NewDisposeScope(); // Of copies of what lies on a card.
        CheckpointFile.Write(path, previous, new WeightSet(
            new(tensors.Select(entry => KeyValuePair.Create(entry.Key, TensorContent.View(entry.Value)))
                .Concat((result?.Tensors ?? []).Select(entry => KeyValuePair.Create(ResultPrefix + entry.Key, entry.Value)))),
            new Dictionary<string, string>(OfClasses(JsonSerializer.Serialize(classes.AsEnumerable()))) { [StateKey] = JsonSerializer.Serialize(state) }));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="IOException">The system cannot read it.</exception>
    public static Checkpoint Read(string path)
    {
        var content = CheckpointFile.Read(path);
        try
        {
            return JsonSerializer.Deserialize<TrainingState>(content.Metadata.GetValueOrDefault(StateKey, "null")) is { } state
                ? new Checkpoint(path, content, state)
                : throw new InvalidDataException("it contains weights, but no state of a training");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    /// <summary>Restores the tensors. Others that the file has are passed over: earlier versions saved one more.</summary>
    /// <param name="tensors">The tensors by name; of the same training.</param>
    /// <exception cref="InvalidDataException">The file lacks one of them; none has changed.</exception>
    public void Restore(IReadOnlyList<KeyValuePair<string, Tensor>> tensors)
    {
        var contents = tensors
            .Select(entry => _content.Tensors.GetValueOrDefault(entry.Key) is { } content && content.Shape.SequenceEqual(entry.Value.shape)
                ? content
                : throw new InvalidDataException($"it has no tensor '{entry.Key}' that fits"))
            .ToArray();
        foreach (var (content, (_, tensor)) in contents.Zip(tensors))
        {
            TensorContent.Write(content, tensor);
        }
    }

    private static Dictionary<string, string> OfClasses(string json) => new() { [WeightSet.ClassesKey] = json };
}
