namespace NanoDet.Detection.Inference;

/// <summary>
/// Idle lanes: as many as have lately run at the same time. What no detection has needed for one to two periods is freed, so a rush
/// of users leaves no buffers behind. The pool counts the running lanes, and the session lives until the last of them is returned,
/// so a detection that runs during the disposal keeps its native memory to the end.
/// </summary>
internal sealed class LanePool : IDisposable
{
    private readonly Func<int, Lane> _create;
    private readonly IDisposable _session;
    private readonly ITimer _timer;
    private readonly Dictionary<int, LaneStack> _idle = [];
    private int _running;
    private bool _isWatching;
    private bool _disposed;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="create">Makes a lane for a batch size.</param>
    /// <param name="session">What is freed after the last lane.</param>
    /// <param name="clock">Measures the periods.</param>
    public LanePool(Func<int, Lane> create, IDisposable session, TimeProvider clock)
    {
        _create = create;
        _session = session;
        // It runs while there are idle lanes, and holds the pool only then.
        _timer = clock.CreateTimer(static pool => ((LanePool)pool!).FreeUnused(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>After this time, lanes that were idle throughout are freed.</summary>
    public static TimeSpan Period { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The number of lanes, idle and running.</summary>
    public int Count
    {
        get
        {
            lock (_idle)
            {
                return _running + _idle.Values.Sum(lanes => lanes.Count);
            }
        }
    }

    /// <summary>Returns an idle lane for a batch size, or a new one.</summary>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public Lane Rent(int batch)
    {
        lock (_idle)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(Detector));
            _running++;
            if (_idle.TryGetValue(batch, out var lanes) && lanes.Pop() is { } lane)
            {
                return lane;
            }
        }

        try
        {
            return _create(batch);
        }
        catch
        {
            Leave(null);
            throw;
        }
    }

    /// <summary>Takes a lane back.</summary>
    public void Return(Lane lane) => Leave(lane);

    /// <summary>Lets no lane out any more; does not wait for those that run.</summary>
    public void Dispose()
    {
        lock (_idle)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _timer.Dispose();
            foreach (var lanes in _idle.Values)
            {
                lanes.Dispose();
            }

            _idle.Clear();
            DisposeSessionOfNobody();
        }
    }

    private void Leave(Lane? lane)
    {
        lock (_idle)
        {
            _running--;
            if (_disposed)
            {
                lane?.Dispose();
                DisposeSessionOfNobody();
                return;
            }

            if (lane is null)
            {
                return;
            }

            if (!_idle.TryGetValue(lane.Batch, out var lanes))
            {
                _idle.Add(lane.Batch, lanes = new LaneStack());
            }

            lanes.Push(lane);
            Watch(true);
        }
    }

    private void FreeUnused()
    {
        lock (_idle)
        {
            if (_disposed)
            {
                return;
            }

            foreach (var (batch, lanes) in _idle)
            {
                lanes.FreeUnused();
                if (lanes.Count == 0)
                {
                    _idle.Remove(batch);
                }
            }

            Watch(_idle.Count > 0);
        }
    }

    private void Watch(bool isNeeded)
    {
        if (isNeeded != _isWatching)
        {
            _isWatching = isNeeded;
            var period = isNeeded ? Period : Timeout.InfiniteTimeSpan;
            _timer.Change(period, period);
        }
    }

    private void DisposeSessionOfNobody()
    {
        if (_running == 0)
        {
            _session.Dispose();
        }
    }
}
