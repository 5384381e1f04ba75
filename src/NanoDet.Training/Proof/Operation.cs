using NanoDet.Data.Configuration;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>One operation of a network as it runs in a training: shapes, memory order and what is asked of it.</summary>
internal abstract record Operation
{
    /// <summary>Damages a result before it is compared: how tests plant the fault of a processor. Null outside of tests.</summary>
    internal static Action<Operation, OperationResult, Tensor>? Fault { get; set; }

    /// <summary>What it computes in.</summary>
    public TrainingPrecision Precision { get; init; }

    /// <summary>Largest allowed error, as a share of the largest correct number.</summary>
    public virtual double Tolerance => Precision == TrainingPrecision.BFloat16
        ? ArithmeticProof.ToleranceOfBFloat16
        : LibTorch.Arithmetic.UsesTf32 ? ArithmeticProof.ToleranceOfTf32 : ArithmeticProof.Tolerance;

    /// <summary>The numbers of its maps.</summary>
    private protected ScalarType Type => Precision == TrainingPrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <summary>Runs the operation as a training would, and works out in double precision, in another way, what must come out.</summary>
    /// <param name="numbers">Gives the inputs.</param>
    /// <param name="device">What computes.</param>
    /// <returns>Each result beside its reference.</returns>
    public abstract IReadOnlyList<Comparison> Compute(ProofNumbers numbers, Device device);

    /// <summary>The operation in the field's words.</summary>
    public abstract override string ToString();

    /// <summary>A result as the operation gave it.</summary>
    private protected Tensor Observe(OperationResult result, Tensor actual)
    {
        Fault?.Invoke(this, result, actual);
        return actual;
    }

    /// <summary>The precision in words, where it is not the usual one.</summary>
    private protected string InPrecision => Precision == TrainingPrecision.BFloat16 ? "bf16 " : "";

    /// <summary>The size of maps and their memory order in words.</summary>
    private protected string Maps(long batch, long width, long height, MemoryOrder order) => FormattableString.Invariant(
        $"{batch} {InPrecision}maps of {width}x{height}, {(order == MemoryOrder.ChannelsLast ? "channels last" : "planar")}");
}
