namespace NanoDet.Training.Native;

/// <summary>
/// Numbers between 0 and 1.2e-38, which a processor computes with a hundred times slower. Dead channels are full of them: the
/// published weights of nanodet_m have some, and with them a fifth of a training's time went into a few small convolutions.
/// </summary>
internal static class Denormals
{
    // at::Context::setFlushDenormal(bool), as Linux and macOS name it, then as Windows does. TorchSharp does not offer it.
    private static readonly string[] Setters = ["_ZN2at7Context16setFlushDenormalEb", "?setFlushDenormal@Context@at@@QEAA_N_N@Z"];

    private static Func<bool, bool>? _flush;

    /// <summary>Finds libtorch's switch. A libtorch without it trains just as correctly, but more slowly.</summary>
    /// <param name="library">The loaded library of the processor.</param>
    public static void Find(nint library) => _flush = LibTorchContext.FindSwitch(library, Setters);

    /// <summary>
    /// Takes such numbers as 0 from now on, on this thread and on those that libtorch starts for it. To be called before this
    /// thread computes, so that none of them is older.
    /// </summary>
    /// <returns>Whether the processor can do it.</returns>
    public static bool FlushToZero() => _flush?.Invoke(true) ?? false;
}
