using System.Runtime.InteropServices;

namespace NanoDet.Training.Native;

/// <summary>
/// Lets libtorch's threads sleep while they wait for each other. By default they spin, which takes the time that those they wait
/// for need as soon as the machine has anything else to do: on two busy cores a small network trained ten times slower.
/// </summary>
public static class ThreadWaiting
{
    private const string Variable = "OMP_WAIT_POLICY";

    /// <summary>Sets it for this process, where the user has not; to be called before libtorch is loaded, which reads it then.</summary>
    public static void Apply()
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(Variable, Environment.GetEnvironmentVariable(Variable) ?? "PASSIVE");
        }
        else
        {
            // .NET keeps variables to itself there; native code sees those of the C library.
            _ = Set(Variable, "PASSIVE", overwrite: 0);
        }
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Set(string name, string value, int overwrite);
}
