using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Testing;
using NanoDet.Training.Loop;

namespace NanoDet.Training.Tests.Loop;

public sealed class MemoryPreflightTests
{
    private const long Free = 4_000_000_000;

    [Fact]
    public void A_training_that_needs_more_memory_than_is_free_is_told_which_batch_fits()
    {
        var configuration = SmallTraining.Configuration(epochs: 1) with { BatchSize = 1 << 20 };
        DatasetImage image = new("1.png", new string('0', 64), 64, 64, DatasetPart.Train, []);
        var preflight = new MemoryPreflight(configuration, [image], cacheBytes: 1 << 30);

        var warning = preflight.Check(Free)!;

        Assert.Equal(("NDB4022", DiagnosticSeverity.Warning), (warning.Code, warning.Severity));
        var fitting = int.Parse(System.Text.RegularExpressions.Regex.Match(
            warning.Message, @"^A batch size of 1048576 at 64x64 pixels needs about \d+ MB, but only 4000 MB are free; try a batch size of (\d+)$").Groups[1].Value, null);
        Assert.Null(new MemoryPreflight(configuration with { BatchSize = fitting }, [image], 1 << 30).Check(Free));
        Assert.NotNull(new MemoryPreflight(configuration with { BatchSize = fitting + 1 }, [image], 1 << 30).Check(Free));
    }

    [Fact]
    public void The_memory_of_EfficientNet_Lite_is_estimated_as_it_was_measured()
    {
        var shipped = ConfigurationFile.Read(SharedData.Path("configs/legacy_v0.x_configs/EfficientNet-Lite/nanodet-EfficientNet-Lite0_320.yml")).Configuration!;

        // Peaks of `train-memory` in tests/NanoDet.Benchmarks.
        Assert.InRange(new MemoryPreflight(shipped with { BatchSize = 8 }, [], 0).NeededBytes, 2463e6 * 0.8, 2463e6 * 1.25);
        Assert.InRange(new MemoryPreflight(shipped with { BatchSize = 16 }, [], 0).NeededBytes, 4570e6 * 0.8, 4570e6 * 1.25);
    }

    [Fact]
    public void Without_guidance_module_less_is_needed()
    {
        var configuration = SmallTraining.Configuration(epochs: 1);
        double Needed(int? epochs) => new MemoryPreflight(configuration with { Model = configuration.Model with { GuidanceEpochs = epochs } }, [], 0).NeededBytes;

        Assert.Equal(Needed(null), Needed(1));
        Assert.True(Needed(0) < Needed(1));
    }

    [Fact]
    public void Where_not_even_one_picture_fits_a_smaller_input_is_advised()
        => Assert.EndsWith("; try a smaller input size", new MemoryPreflight(SmallTraining.Configuration(epochs: 1), [], 0).Check(1)!.Message, StringComparison.Ordinal);

    [Fact]
    public void Only_a_lack_of_memory_is_called_one()
    {
        var preflight = new MemoryPreflight(SmallTraining.Configuration(epochs: 1), [], 0);

        var lack = Assert.Throws<NanoDetException>(() => preflight.Run<int>(() => throw new InsufficientMemoryException()));
        Assert.Equal("NDB4021", lack.Diagnostic.Code);
        foreach (var words in new[] { "CUDA out of memory. Tried to allocate 2.00 GiB.", "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`" })
        {
            Assert.Contains("; try a batch size of 1", Assert.Throws<NanoDetException>(() => preflight.Run<int>(() => throw new NativeException(words))).Diagnostic.Message, StringComparison.Ordinal);
        }

        Assert.Throws<NativeException>(() => preflight.Run<int>(() => throw new NativeException("CUDA error: invalid argument")));
        Assert.Throws<InvalidOperationException>(() => preflight.Run<int>(() => throw new InvalidOperationException("out of memory")));
        Assert.Equal(3, preflight.Run(() => 3));
    }

    /// <summary>As TorchSharp throws it.</summary>
    private sealed class NativeException(string message) : System.Runtime.InteropServices.ExternalException(message);
}
