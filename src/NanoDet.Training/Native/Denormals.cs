using System.Runtime.InteropServices;

namespace NanoDet.Training.Native;

/// <summary>
/// Numbers between 0 and 1.2e-38, which a processor computes with a hundred times slower. Dead channels are full of them: the
/// published weights of nanodet_m have some, and with them a fifth of a training's time went into a few small convolutions.
/// </summary>
internal static class Denormals
{
    // TorchSharp has no way to it. Names of C++ as Linux and macOS have them, then as Windows has them.
    private static readonly string[] Contexts = ["_ZN2at13globalContextEv", "?globalContext@at@@YAAEAVContext@1@XZ"];
    private static readonly string[] Setters = ["_ZN2at7Context16setFlushDenormalEb", "?setFlushDenormal@Context@at@@QEAA_N_N@Z"];

    private static Func<bool>? _flush;

    /// <summary>Finds libtorch's switch; a libtorch without it is as right, and slower.</summary>
    /// <param name="library">The loaded library of the processor.</param>
    public static void Find(nint library)
    {
        if (Export(library, Contexts) is { } context && Export(library, Setters) is { } setter)
        {
            var (getContext, set) = (Marshal.GetDelegateForFunctionPointer<GlobalContext>(context), Marshal.GetDelegateForFunctionPointer<SetFlushDenormal>(setter));
            _flush = () => set(getContext(), true) != 0;
        }
    }

    /// <summary>
    /// Takes such numbers as 0 from now on, on this thread and on those that libtorch starts for it. To be called before this
    /// thread computes, so that none of them is older.
    /// </summary>
    /// <returns>Whether the processor can do it.</returns>
    public static bool FlushToZero() => _flush?.Invoke() ?? false;

    private static nint? Export(nint library, string[] names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryGetExport(library, name, out var address))
            {
                return address;
            }
        }

        return null;
    }

    private delegate nint GlobalContext();

    private delegate byte SetFlushDenormal(nint context, [MarshalAs(UnmanagedType.U1)] bool flush);
}
