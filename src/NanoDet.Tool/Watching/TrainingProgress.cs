using System.Collections.Immutable;

namespace NanoDet.Tool.Watching;

/// <summary>The reported progress of a training.</summary>
/// <param name="Epochs">The completed epochs, in order.</param>
/// <param name="Step">The last step in the next epoch; null if there is none yet.</param>
/// <param name="Ending">Why it ended; null while it is running.</param>
internal sealed record TrainingProgress(ImmutableArray<EpochProgress> Epochs, StepProgress? Step, string? Ending)
{
    // Enough for weeks of training. Only the end of a longer file is read.
    private const int MostBytes = 1 << 24;

    /// <summary>Reads a file to which another process may be appending.</summary>
    /// <returns>Empty progress if there is no file.</returns>
    public static TrainingProgress Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(Math.Max(file.Length - MostBytes, 0), SeekOrigin.Begin);
            var content = new byte[Math.Min(file.Length, MostBytes)];
            return Parse(content.AsMemory(0, file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Parse(default);
        }
    }

    private static TrainingProgress Parse(ReadOnlyMemory<byte> content)
    {
        var epochs = ImmutableArray.CreateBuilder<EpochProgress>();
        StepProgress? step = null;
        string? ending = null;

        // The text after the last line break is still being written.
        for (int end; (end = content.Span.IndexOf((byte)'\n')) >= 0; content = content[(end + 1)..])
        {
            switch (ProgressLine.TryParse(content[..end]))
            {
                case EpochProgress epoch:
                    // A killed process may have reported an epoch that its checkpoint does not have.
                    while (epochs.Count > 0 && epochs[^1].Epoch >= epoch.Epoch)
                    {
                        epochs.RemoveAt(epochs.Count - 1);
                    }

                    epochs.Add(epoch);
                    (step, ending) = (null, null);
                    break;
                case StepProgress next:
                    (step, ending) = (next, null);
                    break;
                case EndProgress last:
                    (step, ending) = (null, last.Ending);
                    break;
            }
        }

        return new TrainingProgress(epochs.DrainToImmutable(), step, ending);
    }
}
