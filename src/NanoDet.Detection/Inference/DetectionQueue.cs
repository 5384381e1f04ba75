namespace NanoDet.Detection.Inference;

/// <summary>
/// Lets a number of detections run at the same time; the others wait and are let in as they came. So the memory of a rush of users is
/// that of a few. Only those that wait allocate.
/// </summary>
/// <param name="most">The most detections at the same time, at least 1.</param>
internal sealed class DetectionQueue(int most) : IDisposable
{
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private int _free = most;
    private bool _disposed;

    /// <summary>Blocks until it is the caller's turn.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Disposed of at the end of the detection.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before its turn.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of before its turn.</exception>
    public Turn Enter(CancellationToken cancellationToken)
    {
        if (Join(cancellationToken) is { } waiter)
        {
            using (CancelWith(waiter, cancellationToken))
            {
                waiter.Task.GetAwaiter().GetResult();
            }
        }

        return new Turn(this);
    }

    /// <summary>Waits without a thread until it is the caller's turn.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Disposed of at the end of the detection.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before its turn.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of before its turn.</exception>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        if (Join(cancellationToken) is { } waiter)
        {
            using (CancelWith(waiter, cancellationToken))
            {
                await waiter.Task.ConfigureAwait(false);
            }
        }

        return new Turn(this);
    }

    /// <summary>Lets nobody in any more, and ends those who wait; does not wait for those inside.</summary>
    public void Dispose()
    {
        lock (_waiting)
        {
            _disposed = true;
            while (_waiting.TryDequeue(out var waiter))
            {
                waiter.TrySetException(new ObjectDisposedException(typeof(Detector).FullName));
            }
        }
    }

    // Null if there is nothing to wait for.
    private TaskCompletionSource? Join(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_waiting)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(Detector));
            if (_free > 0)
            {
                _free--;
                return null;
            }

            // Who lets the next one in does not run its work.
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter);
            return waiter;
        }
    }

    private static CancellationTokenRegistration CancelWith(TaskCompletionSource waiter, CancellationToken cancellationToken)
        => cancellationToken.UnsafeRegister(static (waiter, token) => ((TaskCompletionSource)waiter!).TrySetCanceled(token), waiter);

    private void Leave()
    {
        lock (_waiting)
        {
            while (_waiting.TryDequeue(out var waiter))
            {
                // False for one that was cancelled.
                if (waiter.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }

    /// <summary>A detection that may run; its end lets the next one in.</summary>
    /// <param name="queue">Where it waited.</param>
    internal readonly struct Turn(DetectionQueue queue) : IDisposable
    {
        /// <inheritdoc />
        public void Dispose() => queue.Leave();
    }
}
