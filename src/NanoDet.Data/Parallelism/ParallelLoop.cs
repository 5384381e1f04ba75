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
        => WithItsException(() => Parallel.For(0, count, options, body));

    /// <summary>Runs different pieces of work side by side.</summary>
    /// <param name="work">They do not need each other.</param>
    public static void Run(params Action[] work) => WithItsException(() => Parallel.Invoke(work));

    /// <summary>Makes an array, each element by itself.</summary>
    /// <param name="count">Its length.</param>
    /// <param name="element">Makes the element of an index.</param>
    public static T[] Map<T>(int count, Func<int, T> element)
    {
        var made = new T[count];
        Run(count, new ParallelOptions(), (i, _) => made[i] = element(i));
        return made;
    }

    private static void WithItsException(Action work)
    {
        try
        {
            work();
        }
        catch (AggregateException exception)
        {
            // The others met the same, or did not come to anything because of it.
            ExceptionDispatchInfo.Throw(exception.Flatten().InnerExceptions[0]);
        }
    }
}
