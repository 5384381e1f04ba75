using System.Runtime.InteropServices;

namespace NanoDet.Training.Native;

/// <summary>oneDNN, the library of fast kernels inside libtorch.</summary>
internal static class OneDnn
{
    // The mangled names of at::Context::setUserEnabledMkldnn(bool) on Linux and macOS, then on Windows. TorchSharp does not offer it.
    private static readonly string[] Setters = ["_ZN2at7Context20setUserEnabledMkldnnEb", "?setUserEnabledMkldnn@Context@at@@QEAAX_N@Z"];

    // The mangled names of at::Context::hasMKLDNN().
    private static readonly string[] Questions = ["_ZN2at7Context9hasMKLDNNEv", "?hasMKLDNN@Context@at@@SA_NXZ"];

    /// <summary>Whether this libtorch was built with it; the one for Apple silicon is not.</summary>
    public static bool IsInLibTorch { get; private set; }

    /// <summary>Finds out whether libtorch has it.</summary>
    /// <param name="library">The loaded CPU library of libtorch.</param>
    public static void Find(nint library)
        => IsInLibTorch = LibTorchContext.Export(library, Questions) is { } question && Marshal.GetDelegateForFunctionPointer<HasOneDnn>(question)();

    /// <summary>Turns oneDNN off, so that libtorch uses only its own kernels from now on, in the whole process.</summary>
    /// <param name="library">The loaded CPU library of libtorch.</param>
    /// <exception cref="EntryPointNotFoundException">This libtorch has no such switch.</exception>
    public static void Disable(nint library)
    {
        var set = LibTorchContext.FindSwitch(library, Setters) ?? throw new EntryPointNotFoundException(Setters[0]);
        set(false);
    }

    [return: MarshalAs(UnmanagedType.U1)]
    private delegate bool HasOneDnn();
}
