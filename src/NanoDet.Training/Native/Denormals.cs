using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoDet.Training.Native;

/// <summary>
/// Denormal numbers, between 0 and 1.2e-38, which a processor computes a hundred times slower. Dead channels are full of them: the
/// published weights of nanodet_m have some, which made a few small convolutions take a fifth of the training time.
/// </summary>
internal static class Denormals
{
    // The mangled names of the static at::Context::setFlushDenormal(bool) on Linux and macOS, then on Windows. TorchSharp does not offer it.
    private static readonly string[] Setters = ["_ZN2at7Context16setFlushDenormalEb", "?setFlushDenormal@Context@at@@SA_N_N@Z"];

    private static SetFlush? _flush;

    /// <summary>Finds libtorch's switch. A libtorch without it trains just as correctly, but more slowly.</summary>
    /// <param name="library">The loaded CPU library of libtorch.</param>
    public static void Find(nint library)
        => _flush = LibTorchContext.Export(library, Setters) is { } setter ? Marshal.GetDelegateForFunctionPointer<SetFlush>(setter) : null;

    /// <summary>
    /// Treats such numbers as 0 from now on, on this thread and on those that libtorch starts for it. Call it before this
    /// thread computes, because threads that libtorch has already started are not affected.
    /// </summary>
    /// <returns>Whether the processor supports it.</returns>
    public static bool FlushToZero() => _flush is { } flush && flush(true) != 0;

    /// <summary>
    /// Runs a loop on several threads that all treat such numbers as this one does. .NET's threads do so or not, as the thread did that
    /// happened to start them, and what comes out would depend on which of them computes.
    /// </summary>
    /// <param name="count">How often it runs.</param>
    /// <param name="threads">At most so many threads.</param>
    /// <param name="work">Takes the number of the run, from 0.</param>
    public static void For(int count, int threads, Action<int> work)
    {
        var flushes = AreFlushed();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            var before = Switch(flushes);
            try
            {
                work(i);
            }
            finally
            {
                Switch(before);
            }
        });
    }

    /// <returns>What was set on this thread before.</returns>
    private static bool Switch(bool flushes)
    {
        var before = AreFlushed();
        if (before != flushes)
        {
            _flush?.Invoke(flushes);
        }

        return before;
    }

    private static bool AreFlushed() => Square(1e-20f) == 0;

    [MethodImpl(MethodImplOptions.NoInlining)] // by this processor, not by the compiler
    private static float Square(float value) => value * value;

    private delegate byte SetFlush([MarshalAs(UnmanagedType.U1)] bool value);
}
