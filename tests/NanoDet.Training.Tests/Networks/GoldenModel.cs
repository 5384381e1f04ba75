using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using NanoDet.Core.Geometry;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Datasets;
using NanoDet.Testing;
using NanoDet.Training.Models;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Networks;

/// <summary>A model of the reference vectors: the figures of the Python original, and the same network with the same weights.</summary>
internal sealed class GoldenModel
{
    /// <summary>Configuration files of the models that have no preset.</summary>
    private static readonly SortedDictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["nanodet-EfficientNet-Lite0_320"] = "EfficientNet-Lite/nanodet-EfficientNet-Lite0_320.yml",
        ["nanodet-EfficientNet-Lite1_416"] = "EfficientNet-Lite/nanodet-EfficientNet-Lite1_416.yml",
        ["nanodet-EfficientNet-Lite2_512"] = "EfficientNet-Lite/nanodet-EfficientNet-Lite2_512.yml",
        ["nanodet-g"] = "nanodet-g.yml",
        ["nanodet-t"] = "Transformer/nanodet-t.yml",
        ["nanodet-RepVGG-A0_416"] = "RepVGG/nanodet-RepVGG-A0_416.yml",
    };

    private static readonly ImmutableArray<string> All =
        ["nanodet-plus-m_320", "nanodet-plus-m-1.5x_320", "nanodet-m", "nanodet-m-0.5x", "nanodet-m-1.5x", .. Files.Keys];

    private readonly string _name;
    private readonly WeightSet _tensors;

    public GoldenModel(string name)
    {
        LibTorch.Load();
        _name = name;
        Figures = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path($"golden/{name}.json"))).RootElement;
        _tensors = WeightFile.Read(SharedData.Path($"golden/{name}.safetensors"));
    }

    public static TheoryData<string> Names => [.. All];

    /// <summary>Those whose training draws no random numbers: the original's gradients can be computed again.</summary>
    public static TheoryData<string> Determined => [.. All.Where(name => !name.StartsWith("nanodet-EfficientNet", StringComparison.Ordinal) && name != "nanodet-t")];

    public JsonElement Figures { get; }

    /// <summary>The network, for the three classes of the vectors.</summary>
    public ModelConfiguration Configuration
    {
        get
        {
            if (!Files.TryGetValue(_name, out var file))
            {
                return Preset.Create(_name, ["a", "b", "c"])!.Model;
            }

            var model = ConfigurationFile.Read(SharedData.Path($"configs/legacy_v0.x_configs/{file}")).Configuration!.Model;
            return model with { Head = model.Head with { NumClasses = 3 } };
        }
    }

    public IEnumerable<string> TensorNames => _tensors.Tensors.Keys;

    public float[] Values(string tensor) => _tensors.Tensors[tensor].ToSingles();

    public long[] Shape(string tensor) => [.. _tensors.Tensors[tensor].Shape];

    /// <summary>The network with the weights that its names decide, in evaluation mode.</summary>
    public DetectionNetwork Network()
    {
        var network = NetworkFactory.Create(Configuration, seed: 0);
        Fill(network);
        return network;
    }

    /// <summary>Gives a network the weights that its names decide, none of them near 0, and puts it in evaluation mode.</summary>
    public static void Fill(DetectionNetwork network)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var (name, value) in StateDict.Of(network))
        {
            if (!name.EndsWith("num_batches_tracked", StringComparison.Ordinal) && !name.EndsWith("distribution_project.project", StringComparison.Ordinal))
            {
                value.copy_(Weight(name, value.shape));
            }
        }

        network.eval();
    }

    /// <summary>The pictures that go in.</summary>
    public Tensor Input()
    {
        var shape = Figures.GetProperty("input").EnumerateArray().Select(side => side.GetInt64()).ToArray();
        return tensor(Noise("input", shape).Select(u => (float)(2 * u)).ToArray(), shape);
    }

    /// <summary>The objects on them.</summary>
    public ImmutableArray<DatasetObject>[] Objects()
    {
        var sides = Figures.GetProperty("input").EnumerateArray().Select(side => side.GetInt32()).ToArray();
        ImmutableArray<DatasetObject>[] at320 =
        [
            [new(0, new(20, 30, 120, 160)), new(2, new(100, 80, 300, 250)), new(1, new(5, 5, 40, 44))],
            [new(1, new(64, 64, 192, 256))],
            [],
        ];
        double x = sides[3] / 320.0, y = sides[2] / 320.0;
        return [.. at320.Take(sides[0]).Select(objects => objects
            .Select(o => o with { Box = new BoundingBox(o.Box.Left * x, o.Box.Top * y, o.Box.Right * x, o.Box.Bottom * y) }).ToImmutableArray())];
    }

    /// <summary>
    /// The allowed difference from the original where the largest number is given: 1e-4, and the same share of numbers in the
    /// thousands, which single precision does not have to that place. Three branches a block make them of RepVGG's untrained weights.
    /// </summary>
    public static double Tolerance(double largest) => largest > 100 ? 1e-4 * largest : 1e-4;

    private static Tensor Weight(string name, long[] shape)
    {
        var fanIn = shape.Skip(1).Aggregate(1L, (product, side) => product * side);
        Func<double, double> value = name switch
        {
            _ when name.EndsWith("running_mean", StringComparison.Ordinal) => u => 0.1 * u,
            _ when name.EndsWith("running_var", StringComparison.Ordinal) => u => 1 + (0.3 * u),
            _ when shape.Length >= 2 => u => u * Math.Sqrt(3.0 / fanIn),
            _ when shape.Length == 1 && name.EndsWith(".weight", StringComparison.Ordinal) => u => 1 + (0.2 * u),
            _ when shape is [] or [1] => u => 1 + (0.1 * u),
            _ => u => 0.1 * u,
        };
        return tensor(Noise(name, shape).Select(u => (float)value(u)).ToArray(), shape);
    }

    private static IEnumerable<double> Noise(string name, long[] shape)
    {
        var crc = Crc32(name);
        var count = shape.Aggregate(1L, (product, side) => product * side);
        for (var i = 0L; i < count; i++)
        {
            var h = unchecked(crc + (uint)((ulong)i * 2654435761));
            h ^= h >> 16;
            h = unchecked(h * 0x85ebca6b);
            h ^= h >> 13;
            h = unchecked(h * 0xc2b2ae35);
            h ^= h >> 16;
            yield return (h / 4294967296.0 * 2) - 1;
        }
    }

    private static uint Crc32(string text)
    {
        var crc = uint.MaxValue;
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xedb88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
