using System.Collections.Immutable;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Weights;
using static TorchSharp.torch;

namespace NanoDet.Training.Checkpoints;

/// <summary>
/// The state of a training, from which it can be resumed exactly: weights, moving average, optimizer state, libtorch's random state
/// and the <see cref="TrainingState"/>, in one safetensors file that is written atomically. Data order and augmentation
/// depend only on the position. The same position in the same training always gives the same bytes.
/// </summary>
public static class Checkpoint
{
    private const string StateKey = "training";
    private const string RandomKey = "random";

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">Everything that is not a tensor.</param>
    /// <param name="classes">The class names in label order, for another training that uses the file as pretrained weights.</param>
    /// <param name="tensors">The tensors by name.</param>
    public static void Save(string path, TrainingState state, ImmutableArray<string> classes, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        using var random = get_rng_state();
        SafetensorsWriter.Write(path, new WeightSet(
            new(tensors.Append(new(RandomKey, random)).Select(entry => KeyValuePair.Create(entry.Key, TensorContent.Read(entry.Value)))),
            new Dictionary<string, string>
            {
                [StateKey] = JsonSerializer.Serialize(state),
                [WeightSet.ClassesKey] = JsonSerializer.Serialize(classes.AsEnumerable()),
            }));
    }

    /// <summary>Reads the state of the training in a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Null if there is no file.</returns>
    /// <exception cref="DiagnosticException">NDB4101: the file is damaged.</exception>
    public static TrainingState? ReadState(string path) => File.Exists(path) ? State(path, WeightFile.Read(path)) : null;

    /// <summary>Restores the tensors and the random state from a file.</summary>
    /// <param name="path">The file; of the same training.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <exception cref="DiagnosticException">NDB4101: the file is damaged.</exception>
    public static void Load(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var file = WeightFile.Read(path);
        using var random = get_rng_state();
        foreach (var (name, tensor) in tensors.Append(new(RandomKey, random)))
        {
            var content = file.Tensors.GetValueOrDefault(name);
            TensorContent.Write(
                content is not null && content.Shape.SequenceEqual(tensor.shape) ? content : throw Damaged(path, $"it has no tensor '{name}' that fits"), tensor);
        }

        set_rng_state(random);
    }

    private static TrainingState State(string path, WeightSet file)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingState>(file.Metadata.GetValueOrDefault(StateKey, "null"))
                ?? throw Damaged(path, "it contains weights, but no state of a training");
        }
        catch (JsonException exception)
        {
            throw Damaged(path, exception.Message);
        }
    }

    private static DiagnosticException Damaged(string path, string reason) => new(WeightDiagnostics.Damaged(path, reason));
}
