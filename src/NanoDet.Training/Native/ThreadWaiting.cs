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
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            NativeEnvironment.Set(Variable, "PASSIVE");
        }
    }
}
