using System.Runtime.InteropServices;

namespace NanoDet.Worker.Lifetime;

/// <summary>
/// Ends the process while other threads compute. An ordinary exit runs the destructors of native libraries, which crashes a
/// thread of libtorch that is still computing, so the exit code would be random.
/// </summary>
internal static class ImmediateExit
{
    /// <summary>Ends the process.</summary>
    public static void With(int exitCode)
    {
        Console.Out.Flush();
        if (!OperatingSystem.IsWindows())
        {
            Exit(exitCode);
        }

        // Windows ends all other threads before it unloads libraries.
        Environment.Exit(exitCode);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void Exit(int exitCode);
}
