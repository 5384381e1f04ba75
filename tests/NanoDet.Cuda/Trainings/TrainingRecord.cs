using System.Text.Json;

namespace NanoDet.Cuda.Trainings;

/// <summary>What a finished training has left in its folder.</summary>
/// <param name="folder">The folder.</param>
/// <param name="memory">Its memory.</param>
internal sealed class TrainingRecord(string folder, MemoryFigures memory)
{
    private static readonly string[] Compared = ["model.safetensors", "last.safetensors", "metrics.csv"];

    private readonly JsonElement _result = Read(File.ReadAllText(Path.Combine(folder, "result.json")));

    private readonly JsonElement[] _epochs = [.. File.ReadLines(Path.Combine(folder, "progress.jsonl")).Select(Read).Where(line => line.GetProperty("kind").GetString() == "epoch")];

    /// <summary>Its memory.</summary>
    public MemoryFigures Memory => memory;

    /// <summary>COCO's mAP of the best validation; 0 where none found anything.</summary>
    public double AP => Stat(0);

    /// <summary>The same for an overlap of a half.</summary>
    public double AP50 => Stat(1);

    /// <summary>The loss of each epoch, all parts together. A training that was resumed tells an epoch again.</summary>
    public IReadOnlyList<double> Losses => [.. _epochs.Select(epoch => epoch.GetProperty("losses").EnumerateObject().Sum(part => part.Value.GetDouble()))];

    /// <summary>What the arithmetic was proved to be: the number of operations and the memory order.</summary>
    public (int Operations, string MemoryOrder) Arithmetic => (
        _result.GetProperty("arithmetic").GetProperty("provedOperations").GetInt32(),
        _result.GetProperty("arithmetic").GetProperty("memoryOrder").GetString()!);

    private double Stat(int index) => _result.TryGetProperty("best", out var best) ? best.GetProperty("stats")[index].GetDouble() : 0;

    /// <summary>Pictures learnt from in a second: the median of the epochs after those in which things are first made ready.</summary>
    /// <param name="from">The first epoch that counts, from 0.</param>
    public double ImagesPerSecond(int from)
    {
        var sorted = _epochs.Skip(from).Select(epoch => epoch.GetProperty("imagesPerSecond").GetDouble()).Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    /// <summary>Whether another training has the same bytes.</summary>
    public bool HasBytesOf(TrainingRecord other) => Compared.All(name => File.ReadAllBytes(Path.Combine(folder, name)).AsSpan().SequenceEqual(File.ReadAllBytes(other.PathOf(name))));

    /// <summary>The path of one of its files.</summary>
    public string PathOf(string name) => Path.Combine(folder, name);

    private static JsonElement Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
