using System.Runtime.InteropServices;

namespace NanoDet.Training.Native;

/// <summary>
/// Loads a library on Linux so that all functions that it asks for are found at once, as Windows does it. Otherwise each is looked
/// for when it is first called, and a libtorch without it would end the process in the middle of a training.
/// </summary>
internal static class BoundLibrary
{
    private const int BindNow = 2; // RTLD_NOW

    /// <summary>Loads a library.</summary>
    /// <param name="path">Its full path.</param>
    /// <exception cref="DllNotFoundException">It cannot be loaded; the message is the linker's.</exception>
    public static nint Load(string path)
    {
        _ = Error(); // Finding this very function for the first time would replace what it is to tell.
        return Open(path, BindNow) is not 0 and var library ? library : throw new DllNotFoundException(Marshal.PtrToStringUTF8(Error()));
    }

    [DllImport("libdl.so.2", EntryPoint = "dlopen", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern nint Open(string path, int mode);

    [DllImport("libdl.so.2", EntryPoint = "dlerror")]
    private static extern nint Error();
}
