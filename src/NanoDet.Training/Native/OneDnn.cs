namespace NanoDet.Training.Native;

/// <summary>oneDNN, the library of fast kernels inside libtorch.</summary>
internal static class OneDnn
{
    // at::Context::setUserEnabledMkldnn(bool), as Linux and macOS name it, then as Windows does. TorchSharp does not offer it.
    private static readonly string[] Setters = ["_ZN2at7Context20setUserEnabledMkldnnEb", "?setUserEnabledMkldnn@Context@at@@QEAAX_N@Z"];

    /// <summary>Lets libtorch compute with its own kernels alone from now on, in the whole process.</summary>
    /// <param name="library">The loaded library of the processor.</param>
    /// <exception cref="EntryPointNotFoundException">This libtorch has no such switch.</exception>
    public static void Disable(nint library)
    {
        var set = LibTorchContext.FindSwitch(library, Setters) ?? throw new EntryPointNotFoundException(Setters[0]);
        set(false);
    }
}
