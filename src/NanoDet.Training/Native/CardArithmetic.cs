using System.Runtime.InteropServices;
using NanoDet.Core.Native;
using TorchSharp;

namespace NanoDet.Training.Native;

/// <summary>
/// How a card computes: with or without TF32, and, of several kernels for an operation, with one that adds in a fixed order. cuDNN
/// chooses its kernels by a rule and not by trying them out, which is libtorch's default.
/// </summary>
/// <remarks>
/// Of what a training runs, libtorch has only one operation that has no such kernel, the gradient of a bilinear interpolation, for
/// which there is <see cref="Models.Layers.Interpolation"/>. Losses select each prior at most once, so the order in which their gradients
/// are added up does not matter. An operation that libtorch knows to have no such kernel says so on standard error.
/// </remarks>
internal static class CardArithmetic
{
    // The mangled names of at::Context::setDeterministicAlgorithms(bool, bool) and setDeterministicFillUninitializedMemory(bool) on
    // Linux and macOS, then on Windows. TorchSharp does not offer them.
    private static readonly string[] Choosers =
        ["_ZN2at7Context26setDeterministicAlgorithmsEbb", "?setDeterministicAlgorithms@Context@at@@QEAAX_N0@Z"];

    private static readonly string[] Fillers =
        ["_ZN2at7Context39setDeterministicFillUninitializedMemoryEb", "?setDeterministicFillUninitializedMemory@Context@at@@QEAAX_N@Z"];

    /// <summary>Gives cuBLAS the workspace without which it may add in any order; call it before CUDA is loaded, which reads it then.</summary>
    public static void Prepare() => NativeEnvironment.Set("CUBLAS_WORKSPACE_CONFIG", ":4096:8");

    /// <summary>Sets it for the process; call it after libtorch is loaded.</summary>
    /// <param name="usesTf32">Whether TF32 is used.</param>
    /// <param name="library">The loaded CPU library of libtorch.</param>
    public static void Apply(bool usesTf32, nint library)
    {
        torch.backends.cuda.matmul.allow_tf32 = usesTf32;
        torch.backends.cudnn.allow_tf32 = usesTf32;
        FindFixedOrder(library)?.Invoke(true);
    }

    /// <summary>Finds what makes libtorch choose kernels that add in a fixed order.</summary>
    /// <param name="library">The loaded CPU library of libtorch.</param>
    internal static Action<bool>? FindFixedOrder(nint library)
    {
        if (LibTorchContext.Find(library) is not { } context || LibTorchContext.Export(library, Choosers) is not { } chooser
            || LibTorchContext.FindSwitch(library, Fillers) is not { } fill)
        {
            return null;
        }

        var choose = Marshal.GetDelegateForFunctionPointer<Choose>(chooser);
        return isFixed =>
        {
            choose(context(), isFixed, warnOnly: true);
            // It would also fill all new memory, which costs time and helps only to find faults.
            fill(false);
        };
    }

    private delegate void Choose(nint context, [MarshalAs(UnmanagedType.U1)] bool isFixed, [MarshalAs(UnmanagedType.U1)] bool warnOnly);
}
