namespace NanoDet.Tool.Watching;

/// <summary>A training as plain lines, one an epoch.</summary>
/// <param name="output">Where they go.</param>
internal sealed class WatchLines(TextWriter output)
{
    private readonly Dictionary<int, string> _told = [];

    /// <summary>Writes what is new; where a training begins again, so do the lines.</summary>
    public void Show(WatchState state)
    {
        foreach (var epoch in state.Progress.Epochs)
        {
            var line = WatchText.Line(epoch);
            if (_told.GetValueOrDefault(epoch.Epoch) != line)
            {
                output.Write(line + "\n");
                _told[epoch.Epoch] = line;
            }
        }

        output.Flush();
    }
}
