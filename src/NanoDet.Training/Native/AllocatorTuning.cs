using System.Runtime.InteropServices;

namespace NanoDet.Training.Native;

/// <summary>
/// Makes glibc keep memory that a training step frees. By default its allocator maps every large block again and returns it,
/// so each tensor of each step costs a page fault for every four kilobytes. Keeping memory makes the peak of
/// NanoDet-Plus-m 320 with batch size 16 a tenth higher (<c>train-memory</c> in tests/NanoDet.Benchmarks).
/// </summary>
public static class AllocatorTuning
{
    // From glibc's malloc.h.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MaximumMaps = -4;

    /// <summary>
    /// Configures the allocator of this process; call it before tensors are made. Does nothing on other systems, whose allocators
    /// keep memory by themselves or have no such setting.
    /// </summary>
    public static void Apply()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(MaximumMaps, 0); // blocks of every size come from the heap, ...
            _ = SetOption(TrimThreshold, -1); // ... which never shrinks ...
            _ = SetOption(TopPad, 256 << 20); // ... and grows in large pieces
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, such as musl.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    private static extern int SetOption(int option, int value);
}
