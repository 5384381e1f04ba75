namespace NanoDet.Detection.Inference;

/// <summary>Idle lanes: as many as have ever run at the same time.</summary>
internal sealed class LanePool(Func<int, Lane> create) : IDisposable
{
    private readonly Dictionary<int, Stack<Lane>> _idle = [];
    private bool _disposed;

    /// <summary>Returns an idle lane for a batch size, or a new one.</summary>
    public Lane Rent(int batch)
    {
        lock (_idle)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(Detector));
            if (_idle.TryGetValue(batch, out var lanes) && lanes.TryPop(out var lane))
            {
                return lane;
            }
        }

        return create(batch);
    }

    /// <summary>Takes a lane back.</summary>
    public void Return(Lane lane)
    {
        lock (_idle)
        {
            if (_disposed)
            {
                lane.Dispose();
                return;
            }

            if (!_idle.TryGetValue(lane.Batch, out var lanes))
            {
                _idle.Add(lane.Batch, lanes = new Stack<Lane>());
            }

            lanes.Push(lane);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_idle)
        {
            _disposed = true;
            foreach (var lane in _idle.Values.SelectMany(lanes => lanes))
            {
                lane.Dispose();
            }

            _idle.Clear();
        }
    }
}
