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
        if (Find(library) is not { } context || Export(library, names) is not { } setter)
        {
            return null;
        }

        var set = Marshal.GetDelegateForFunctionPointer<SetSwitch>(setter);
        return value => set(context(), value) != 0;
    }

    /// <summary>Finds what gives the context; null if libtorch does not have it.</summary>
    /// <param name="library">The loaded CPU library of libtorch.</param>
    public static GlobalContext? Find(nint library)
        => Export(library, Contexts) is { } context ? Marshal.GetDelegateForFunctionPointer<GlobalContext>(context) : null;

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

    /// <summary>Gives the address of the context.</summary>
    public delegate nint GlobalContext();

    private delegate byte SetSwitch(nint context, [MarshalAs(UnmanagedType.U1)] bool value);
}
