using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Detection.Tests;

/// <summary>What runs the network: the tests have the CPU's package of ONNX Runtime, so all else is missing (but CoreML on a Mac).</summary>
public sealed class ProviderTests
{
    private static readonly TinyModel Model = new(64, 64, ["a"]);

    [Theory]
    [InlineData(ExecutionProvider.Cuda, "Microsoft.ML.OnnxRuntime.Gpu")]
    [InlineData(ExecutionProvider.TensorRt, "Microsoft.ML.OnnxRuntime.Gpu")]
    [InlineData(ExecutionProvider.DirectMl, "Microsoft.ML.OnnxRuntime.DirectML")]
    [InlineData(ExecutionProvider.OpenVino, "Intel.ML.OnnxRuntime.OpenVino")]
    public void One_that_is_missing_is_told_with_its_package(ExecutionProvider provider, string package)
    {
        var exception = Assert.Throws<NanoDetException>(() => TinyModel.Load(Model, new DetectorOptions { Providers = [provider] }));

        Assert.Equal("NDB6009", exception.Code);
        Assert.Contains($"(the ONNX Runtime of this program does not have it); it needs the package {package} ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_one_of_the_list_takes_its_place()
    {
        using var detector = TinyModel.Load(Model, new DetectorOptions { Providers = [ExecutionProvider.TensorRt, ExecutionProvider.Cuda, ExecutionProvider.Cpu] });

        Assert.Equal(ExecutionProvider.Cpu, detector.Provider);
        Assert.Equal(["NDB6009", "NDB6009"], detector.SkippedProviders.Select(skipped => skipped.Code));
        Assert.StartsWith("TensorRT cannot be used", detector.SkippedProviders[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("CUDA cannot be used", detector.SkippedProviders[1].Message, StringComparison.Ordinal);

        using var plain = TinyModel.Load(Model);
        Assert.Equal(ExecutionProvider.Cpu, plain.Provider);
        Assert.Empty(plain.SkippedProviders);
    }

    [Fact]
    public void Where_all_are_missing_all_are_told()
    {
        var message = Assert.Throws<NanoDetException>(
            () => TinyModel.Load(Model, new DetectorOptions { Providers = [ExecutionProvider.Cuda, ExecutionProvider.DirectMl] })).Message;
        Assert.Contains("CUDA cannot be used", message, StringComparison.Ordinal);
        Assert.Contains("; DirectML cannot be used", message, StringComparison.Ordinal);

        Assert.Throws<ArgumentException>(() => TinyModel.Load(Model, new DetectorOptions { Providers = [] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TinyModel.Load(Model, new DetectorOptions { Providers = [(ExecutionProvider)99] }));
    }

    [Fact]
    public void A_program_changes_the_settings_of_ONNX_Runtime_last()
    {
        var threads = 0;
        using var detector = TinyModel.Load(Model, new DetectorOptions
        {
            Threads = 3,
            ConfigureSession = session =>
            {
                threads = session.IntraOpNumThreads;
                session.EnableProfiling = true;
                session.ProfileOutputPathPrefix = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}");
            },
        });
        Assert.Equal(3, threads);

        // What the program itself gets wrong is not taken for a fault of the model.
        Assert.Throws<OnnxRuntimeException>(() => TinyModel.Load(Model, new DetectorOptions
        {
            ConfigureSession = session => session.AppendExecutionProvider("NoSuchProvider"),
        }));
    }
}
