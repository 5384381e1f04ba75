using System.Runtime.CompilerServices;
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
        _ = LastError();
        var library = Open(path, BindNow);
        return library != 0 ? library : throw new DllNotFoundException(Marshal.PtrToStringUTF8(LastError()));
    }

    /// <summary>
    /// What the linker says of its last failure. The first call finds the function, and .NET asks the linker for it, which forgets the failure;
    /// so there is one place that calls it, which optimisation leaves one, and a call before anything can fail.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint LastError() => Error();

    [DllImport("libdl.so.2", EntryPoint = "dlopen", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern nint Open(string path, int mode);

    [DllImport("libdl.so.2", EntryPoint = "dlerror")]
    private static extern nint Error();
}
