namespace NanoDet.Detection.Inference;

/// <summary>Idle lanes of one batch size. The last one that came is the first to go, so those at the bottom are the ones that nobody needs.</summary>
internal sealed class LaneStack : IDisposable
{
    private readonly List<Lane> _lanes = [];
    private int _unused;

    /// <summary>The number of lanes.</summary>
    public int Count => _lanes.Count;

    /// <summary>Puts a lane on top.</summary>
    public void Push(Lane lane) => _lanes.Add(lane);

    /// <summary>Takes the lane from the top; null if there is none.</summary>
    public Lane? Pop()
    {
        if (_lanes is not [.., var lane])
        {
            return null;
        }

        _lanes.RemoveAt(_lanes.Count - 1);
        _unused = Math.Min(_unused, _lanes.Count);
        return lane;
    }

    /// <summary>Frees the lanes that have not left since the last call.</summary>
    public void FreeUnused()
    {
        _lanes[.._unused].ForEach(lane => lane.Dispose());
        _lanes.RemoveRange(0, _unused);
        _unused = _lanes.Count;
    }

    /// <inheritdoc />
    public void Dispose() => _lanes.ForEach(lane => lane.Dispose());
}
