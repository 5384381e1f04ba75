using NanoDet.Core.Native;

namespace NanoDet.Training.Native;

/// <summary>
/// Makes threads that wait for each other sleep soon. By default libtorch's spin for long, which uses processor time that the other threads need
/// when the machine is busy: on two busy cores, a small network trained ten times slower.
/// </summary>
/// <remarks>
/// A step of a training waits some thousands of times, mostly for less time than it takes to wake a thread. With a thousand rounds of spinning, a
/// step takes 7 to 15 percent less time on two idle cores than without; more rounds gain nothing there, and two trainings at once,
/// which lose a tenth by a thousand rounds, lose a quarter by three thousand.
/// </remarks>
public static class ThreadWaiting
{
    private const string Policy = "OMP_WAIT_POLICY";
    private const string Rounds = "GOMP_SPINCOUNT"; // of GNU's OpenMP, which libtorch for Linux has; others do not read it
    private const string PoolRounds = "System.Threading.ThreadPool.UnfairSemaphoreSpinLimit";

    /// <summary>
    /// Sets this for the process, unless the user has set how libtorch's threads wait; call it first of all, because libtorch and .NET's thread pool
    /// read it when they begin.
    /// </summary>
    public static void Apply()
    {
        // Threads of the pool work on pictures while libtorch's wait, and would go on spinning while libtorch's work again.
        AppContext.SetData(PoolRounds, 0);
        if (Environment.GetEnvironmentVariable(Policy) is null && Environment.GetEnvironmentVariable(Rounds) is null)
        {
            NativeEnvironment.Set(Policy, "PASSIVE");
            NativeEnvironment.Set(Rounds, "1000");
        }
    }
}
