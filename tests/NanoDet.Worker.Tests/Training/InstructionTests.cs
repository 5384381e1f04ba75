using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NanoDet.Worker.Tests.Training;

/// <summary>Which vector instructions a training computes with, as oneDNN says it itself.</summary>
public sealed class InstructionTests
{
    private const string Pinned = "avx2";
    private static readonly (string, string)[] Verbose = [("ONEDNN_VERBOSE", "1")];

    // What a machine without AVX-512 would choose by itself, said from outside.
    private static readonly (string, string)[] OlderMachine = [("ATEN_CPU_CAPABILITY", "avx2"), ("ONEDNN_MAX_CPU_ISA", "AVX2"), ("MKL_CBWR", "COMPATIBLE")];

    // What the user of a machine may have set for something else.
    private static readonly (string, string)[] OtherWish = [("ATEN_CPU_CAPABILITY", "default"), ("ONEDNN_MAX_CPU_ISA", "SSE41"), ("MKL_CBWR", "AUTO")];

    [Fact]
    public void Pinned_to_AVX2_no_other_kernel_runs_whatever_the_environment_says_and_the_bytes_are_those_of_an_older_machine()
    {
        Assert.SkipUnless(Avx2.IsSupported && Fma.IsSupported, "needs a processor with AVX2");
        using var work = new TrainingWorkplace(epochs: 1);

        var kernels = Kernels(work.Train("pinned", new { instructions = Pinned }, environment: [.. Verbose, .. OtherWish]));
        Assert.Contains("jit:avx2", kernels);
        Assert.DoesNotContain(kernels, kernel => kernel.Contains("avx512", StringComparison.Ordinal) || kernel.Contains("amx", StringComparison.Ordinal) || kernel.Contains("sse41", StringComparison.Ordinal));

        Assert.Equal(0, work.Train("older", environment: OlderMachine).ExitCode);
        work.RequireSameResult("older", "pinned");
    }

    [Fact]
    public void Without_a_wish_the_widest_instructions_are_taken_and_give_other_bytes()
    {
        Assert.SkipUnless(Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported, "needs a processor with AVX-512");
        using var work = new TrainingWorkplace(epochs: 1);

        var kernels = Kernels(work.Train("native", environment: Verbose));
        Assert.Contains(kernels, kernel => kernel.Contains("avx512", StringComparison.Ordinal));
        Assert.Equal(0, work.Train("pinned", new { instructions = Pinned }).ExitCode);
        Assert.NotEqual(File.ReadAllBytes(work["native/model.safetensors"]), File.ReadAllBytes(work["pinned/model.safetensors"]));

        // A training that was interrupted is not gone on with by other instructions.
        Assert.Equal(0, work.Train("native", new { instructions = Pinned }).ExitCode);
        work.RequireSameResult("pinned", "native");
    }

    [Theory]
    [InlineData("avx2", "DOTNET_EnableAVX2")]
    [InlineData("avx512", "DOTNET_EnableAVX512")]
    public void Instructions_that_the_processor_does_not_have_are_refused(string instructions, string without)
    {
        using var work = new TrainingWorkplace(epochs: 1);

        // What .NET is told not to use counts as not there; on a processor that does not have it, this says nothing new.
        var (code, lines) = work.Train("out", new { instructions }, environment: (without, "0"));

        Assert.Equal(1, code);
        Assert.Contains($"error NDB9006: NanoDetInstructions is {instructions}, but ", lines[^1], StringComparison.Ordinal);
        Assert.Contains(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "this processor does not have" : "only x64 processors have", lines[^1], StringComparison.Ordinal);
        Assert.False(File.Exists(work["out/model.safetensors"]));
    }

    /// <summary>The implementations that oneDNN ran.</summary>
    private static HashSet<string> Kernels((int ExitCode, string[] Lines) outcome)
    {
        Assert.True(outcome.ExitCode == 0, string.Join('\n', outcome.Lines));
        return [.. outcome.Lines.Select(line => line.Split(',')).Where(words => words is ["onednn_verbose", ..] && words.Contains("exec")).Select(words => words[Array.IndexOf(words, "exec") + 3])];
    }
}
