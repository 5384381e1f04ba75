namespace NanoDet.Tool.Watching;

/// <summary>Prints a training as plain lines, one per epoch.</summary>
/// <param name="output">The output.</param>
internal sealed class WatchLines(TextWriter output)
{
    private readonly Dictionary<int, string> _told = [];

    /// <summary>Writes the new lines; if a training starts again, the lines do too.</summary>
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
