using System.Runtime.Intrinsics.X86;
using NanoDet.Data.Configuration;
using NanoDet.Training.Native;

[assembly: AssemblyFixture(typeof(NanoDet.Training.Tests.TestArithmetic))]

namespace NanoDet.Training.Tests;

/// <summary>
/// What libtorch computes with in these tests: all instructions of the processor, unless <see cref="Variable"/> names others. The
/// kernel that is known to be wrong on some processors is used by none of the golden networks, since their prediction is a matrix
/// product. Where a processor has another fault, <see cref="Proof.ArithmeticProofTests"/> name the operation, and the variable
/// set to <c>Avx2</c> goes around it.
/// </summary>
public sealed class TestArithmetic
{
    /// <summary>Names the instructions: <c>Native</c>, <c>Avx2</c> or <c>Avx512</c>.</summary>
    public const string Variable = "NANODET_TEST_INSTRUCTIONS";

    /// <summary>Loads libtorch before any test does.</summary>
    public TestArithmetic() => LibTorch.Load(arithmetic: new Arithmetic(Instructions));

    /// <summary>
    /// Allowed relative difference of a gradient's norm from the original's, which was computed with AVX-512. Other instructions add
    /// in another order, which the first normalisation layers of untrained networks feel most.
    /// </summary>
    public static double GradientTolerance
        => Avx512F.IsSupported && LibTorch.Arithmetic.Instructions != InstructionSet.Avx2 ? 1e-3 : 2e-3;

    private static InstructionSet Instructions
        => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? Enum.Parse<InstructionSet>(named) : InstructionSet.Native;
}
