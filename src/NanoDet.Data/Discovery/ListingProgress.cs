using System.Globalization;

namespace NanoDet.Data.Discovery;

/// <summary>Tells people which folder is being listed where that takes long, and ends the listing when the build is cancelled.</summary>
/// <param name="say">Takes lines.</param>
/// <param name="cancellation">Ends the listing with an <see cref="OperationCanceledException"/>.</param>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class ListingProgress(Action<string> say, CancellationToken cancellation, TimeProvider? time = null)
{
    /// <summary>How long nothing is said: a folder with a hundred thousand images is listed in less.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long _since = (time ?? TimeProvider.System).GetTimestamp();
    private long _files;

    /// <summary>Takes note of one file or folder.</summary>
    /// <param name="folder">Full path of the folder that it is in.</param>
    /// <param name="isFile">Whether it is a file.</param>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public void Note(ReadOnlySpan<char> folder, bool isFile)
    {
        cancellation.ThrowIfCancellationRequested();
        _files += isFile ? 1 : 0;
        if (_time.GetElapsedTime(_since) >= Silence)
        {
            _since = _time.GetTimestamp();
            say(string.Create(CultureInfo.InvariantCulture, $"the configuration file's folders are being listed: {_files} {(_files == 1 ? "file" : "files")} so far, now in {folder}"));
        }
    }
}
