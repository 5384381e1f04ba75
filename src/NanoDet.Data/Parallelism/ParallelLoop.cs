using System.Runtime.ExceptionServices;

namespace NanoDet.Data.Parallelism;

/// <summary>A loop on several threads that fails like one on a single thread: with the exception itself, for which callers have a code.</summary>
public static class ParallelLoop
{
    /// <summary>Runs a body for 0 up to a count.</summary>
    /// <param name="count">How often.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="body">The body; it may ask whether another one failed.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(int count, ParallelOptions options, Action<int, ParallelLoopState> body)
    {
        try
        {
            Parallel.For(0, count, options, body);
        }
        catch (AggregateException exception)
        {
            // The others met the same, or did not come to anything because of it.
            ExceptionDispatchInfo.Throw(exception.Flatten().InnerExceptions[0]);
        }
    }
}
