using NanoDet.Core.Native;

namespace NanoDet.Training.Native;

/// <summary>
/// Makes libtorch's threads sleep while they wait for each other. By default they spin, which uses processor time that the other threads
/// need when the machine is busy: on two busy cores, a small network trained ten times slower.
/// </summary>
public static class ThreadWaiting
{
    private const string Variable = "OMP_WAIT_POLICY";

    /// <summary>Sets this for the process, unless the user has set it; call it before libtorch is loaded, which reads it then.</summary>
    public static void Apply()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            NativeEnvironment.Set(Variable, "PASSIVE");
        }
    }
}
