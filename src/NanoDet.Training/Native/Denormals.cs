namespace NanoDet.Training.Native;

/// <summary>
/// Denormal numbers, between 0 and 1.2e-38, which a processor computes a hundred times slower. Dead channels are full of them: the
/// published weights of nanodet_m have some, which made a few small convolutions take a fifth of the training time.
/// </summary>
internal static class Denormals
{
    // The mangled names of at::Context::setFlushDenormal(bool) on Linux and macOS, then on Windows. TorchSharp does not offer it.
    private static readonly string[] Setters = ["_ZN2at7Context16setFlushDenormalEb", "?setFlushDenormal@Context@at@@QEAA_N_N@Z"];

    private static Func<bool, bool>? _flush;

    /// <summary>Finds libtorch's switch. A libtorch without it trains just as correctly, but more slowly.</summary>
    /// <param name="library">The loaded CPU library of libtorch.</param>
    public static void Find(nint library) => _flush = LibTorchContext.FindSwitch(library, Setters);

    /// <summary>
    /// Treats such numbers as 0 from now on, on this thread and on those that libtorch starts for it. Call it before this
    /// thread computes, because threads that libtorch has already started are not affected.
    /// </summary>
    /// <returns>Whether the processor supports it.</returns>
    public static bool FlushToZero() => _flush?.Invoke(true) ?? false;
}
