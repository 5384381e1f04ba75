using NanoDet.Data.Configuration;
using NanoDet.Training.Native;

[assembly: AssemblyFixture(typeof(NanoDet.Training.Tests.TestArithmetic))]

namespace NanoDet.Training.Tests;

/// <summary>
/// What libtorch computes with in these tests: AVX2 on x64, unless <see cref="Variable"/> names other instructions. The golden
/// figures hold for every choice that is correct, but on some processors the kernels for AVX-512 are not; a build finds that
/// out by its proof (<see cref="NanoDet.Training.Proof.ArithmeticProof"/>), and a test may not depend on the processor it runs on.
/// </summary>
public sealed class TestArithmetic
{
    /// <summary>Names the instructions: <c>Native</c>, <c>Avx2</c> or <c>Avx512</c>.</summary>
    public const string Variable = "NANODET_TEST_INSTRUCTIONS";

    /// <summary>Loads libtorch before any test does.</summary>
    public TestArithmetic() => LibTorch.Load(arithmetic: new Arithmetic(Instructions));

    private static InstructionSet Instructions => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? Enum.Parse<InstructionSet>(named)
        : InstructionPin.IsSupported(InstructionSet.Avx2) ? InstructionSet.Avx2 : InstructionSet.Native;
}
