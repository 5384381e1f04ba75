using System.Runtime.InteropServices;

namespace NanoDet.Training.Native;

/// <summary>Finds functions of libtorch that TorchSharp does not offer, and switches of its global context, by their C++ names.</summary>
internal static class LibTorchContext
{
    // The mangled names of at::globalContext() on Linux and macOS, then on Windows.
    private static readonly string[] Contexts = ["_ZN2at13globalContextEv", "?globalContext@at@@YAAEAVContext@1@XZ"];

    /// <summary>Finds a switch.</summary>
    /// <param name="library">The loaded CPU library of libtorch.</param>
    /// <param name="names">Its C++ names.</param>
    /// <returns>A function that sets the value and returns what the switch returns (undefined if it returns nothing). Null if libtorch does not have the switch.</returns>
    public static Func<bool, bool>? FindSwitch(nint library, string[] names)
    {
        if (Export(library, Contexts) is not { } context || Export(library, names) is not { } setter)
        {
            return null;
        }

        var (getContext, set) = (Marshal.GetDelegateForFunctionPointer<GlobalContext>(context), Marshal.GetDelegateForFunctionPointer<SetSwitch>(setter));
        return value => set(getContext(), value) != 0;
    }

    /// <summary>The address of a function; null if libtorch does not have it.</summary>
    /// <param name="library">A loaded library of libtorch.</param>
    /// <param name="names">Its C++ names.</param>
    public static nint? Export(nint library, string[] names)
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

    private delegate byte SetSwitch(nint context, [MarshalAs(UnmanagedType.U1)] bool value);
}
