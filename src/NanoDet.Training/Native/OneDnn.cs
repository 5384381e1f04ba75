namespace NanoDet.Training.Native;

/// <summary>oneDNN, the library of fast kernels inside libtorch.</summary>
internal static class OneDnn
{
    // The mangled names of at::Context::setUserEnabledMkldnn(bool) on Linux and macOS, then on Windows. TorchSharp does not offer it.
    private static readonly string[] Setters = ["_ZN2at7Context20setUserEnabledMkldnnEb", "?setUserEnabledMkldnn@Context@at@@QEAAX_N@Z"];

    /// <summary>Turns oneDNN off, so that libtorch uses only its own kernels from now on, in the whole process.</summary>
    /// <param name="library">The loaded CPU library of libtorch.</param>
    /// <exception cref="EntryPointNotFoundException">This libtorch has no such switch.</exception>
    public static void Disable(nint library)
    {
        var set = LibTorchContext.FindSwitch(library, Setters) ?? throw new EntryPointNotFoundException(Setters[0]);
        set(false);
    }
}
