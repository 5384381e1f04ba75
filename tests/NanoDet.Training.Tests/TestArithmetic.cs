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
    /// Allowed relative difference of a gradient's norm from the original's. Normalisations of ours, and other instructions than the original's
    /// AVX-512, add in another order, which the first layers of untrained networks feel most: there it decides on which side of 0 a few values lie.
    /// </summary>
    public const double GradientTolerance = 3e-3;

    /// <summary>The same for the middle one of all gradients of a network, which such values hardly move.</summary>
    public const double MedianGradientTolerance = 3e-4;

    private static InstructionSet Instructions
        => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? Enum.Parse<InstructionSet>(named) : InstructionSet.Native;
}
