using NanoDet.Data.Configuration;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>
/// Proves on the machine at hand that the operations of a network are computed correctly, before anything is trained or exported:
/// each distinct one, as it will run, forward and backward, against a reference in double precision that shares no kernel with
/// it. Processors and libraries are not always right: oneDNN leaves channels wrong on some that hide their caches from it.
/// </summary>
public static class ArithmeticProof
{
    /// <summary>
    /// Largest allowed error, as a share of the largest correct number. Rounding in single precision stays below a hundredth of
    /// it; the wrong kernels that are known exceed it a hundredfold and more.
    /// </summary>
    public const double Tolerance = 1e-3;

    /// <summary>The same for bf16, whose rounding stays below a third of it.</summary>
    public const double ToleranceOfBFloat16 = 2e-2;

    /// <summary>The same for Winograd's filtering in bf16, which rounds six to eight times as much as the direct sum.</summary>
    public const double ToleranceOfWinogradInBFloat16 = 6e-2;

    /// <summary>The same for TF32, which has three bits more than bf16.</summary>
    public const double ToleranceOfTf32 = 4e-3;

    /// <summary>Proves with what libtorch computes with in this process, on a thread of its own.</summary>
    /// <param name="subject">What has to be computed correctly.</param>
    /// <param name="operations">The number of operations that were proved.</param>
    /// <param name="cancellation">Ends the proof between two operations.</param>
    /// <returns>The first operation that is wrong; null where all are right.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Discrepancy? Find(ProofSubject subject, out int operations, CancellationToken cancellation)
    {
        // As a training: on a thread for which denormal numbers are 0.
        var (found, count) = Task.Factory.StartNew(
            () =>
            {
                Denormals.FlushToZero();
                set_num_threads(subject.Threads);
                return Find(subject, cancellation);
            },
            cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).GetAwaiter().GetResult();
        operations = count;
        return found;
    }

    private static (Discrepancy? Found, int Count) Find(ProofSubject subject, CancellationToken cancellation)
    {
        var operations = subject.Operations();
        using var numbers = new ProofNumbers();
        var device = subject.Device == TrainingDevice.Cuda ? CUDA : CPU;
        foreach (var operation in operations)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Find(operation, numbers, device) is { } discrepancy)
            {
                return (discrepancy, operations.Length);
            }
        }

        return (null, operations.Length);
    }

    /// <summary>The worst result of an operation, where one is wrong.</summary>
    internal static Discrepancy? Find(Operation operation, ProofNumbers numbers, Device device)
    {
        using var pause = new FinalizerPause();
        using var scope = NewDisposeScope();
        var worst = operation.Compute(numbers, device).MaxBy(comparison => comparison.Deviation)!;
        return worst.Deviation > operation.Tolerance ? Discrepancy.Of(operation, worst, operation.Tolerance) : null;
    }
}
