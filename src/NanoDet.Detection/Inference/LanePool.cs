namespace NanoDet.Detection.Inference;

/// <summary>
/// Idle lanes: as many as have ever run at the same time. The pool counts the running lanes, and the session lives until the
/// last of them is returned, so a detection that runs during the disposal keeps its native memory to the end.
/// </summary>
internal sealed class LanePool(Func<int, Lane> create, IDisposable session) : IDisposable
{
    private readonly Dictionary<int, Stack<Lane>> _idle = [];
    private int _running;
    private bool _disposed;

    /// <summary>Returns an idle lane for a batch size, or a new one.</summary>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public Lane Rent(int batch)
    {
        lock (_idle)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(Detector));
            _running++;
            if (_idle.TryGetValue(batch, out var lanes) && lanes.TryPop(out var lane))
            {
                return lane;
            }
        }

        try
        {
            return create(batch);
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
            foreach (var lane in _idle.Values.SelectMany(lanes => lanes))
            {
                lane.Dispose();
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
                _idle.Add(lane.Batch, lanes = new Stack<Lane>());
            }

            lanes.Push(lane);
        }
    }

    private void DisposeSessionOfNobody()
    {
        if (_running == 0)
        {
            session.Dispose();
        }
    }
}
