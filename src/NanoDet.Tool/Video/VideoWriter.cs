using System.Diagnostics;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Imaging;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Video;

/// <summary>Writes frames to a video through ffmpeg; the file is completed when <see cref="Finish"/> is called.</summary>
internal sealed class VideoWriter : IDisposable
{
    private readonly string _path;
    private readonly string _aside;
    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <summary>Starts a video.</summary>
    /// <param name="path">The file; its extension decides the container, and ffmpeg the codec.</param>
    /// <param name="format">Size and rate of the frames.</param>
    /// <param name="source">The video that the frames are from; the sound of a file is kept.</param>
    /// <exception cref="NanoDetException">NDB6101.</exception>
    public VideoWriter(string path, VideoFormat format, VideoSource source)
    {
        _path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _aside = Path.Combine(Path.GetDirectoryName(_path)!, $".{Guid.NewGuid():N}{Path.GetExtension(_path)}");
        _process = Ffmpeg.Start("ffmpeg",
        [
            "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgra",
            "-s", string.Create(CultureInfo.InvariantCulture, $"{format.Width}x{format.Height}"), "-framerate", format.FrameRate, "-i", "-",
            .. Sound(source),

            // Players need colours at half resolution, which needs even sides.
            "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p", "file:" + _aside,
        ]);
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Adds a frame.</summary>
    /// <exception cref="NanoDetException">NDB6103.</exception>
    public void Write(PixelImage frame)
    {
        try
        {
            _process.StandardInput.BaseStream.Write(frame.Bytes);
        }
        catch (IOException exception)
        {
            throw Failed(exception);
        }
    }

    /// <summary>Completes the file.</summary>
    /// <exception cref="NanoDetException">NDB6103.</exception>
    public void Finish() => Complete(interrupted: false);

    /// <summary>Completes the file after Ctrl+C, which ffmpeg also received, so it has closed the file by itself.</summary>
    /// <exception cref="NanoDetException">NDB6103.</exception>
    public void FinishInterrupted() => Complete(interrupted: true);

    /// <summary>Stops ffmpeg and deletes the incomplete file.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        File.Delete(_aside);
    }

    // Silence is added to a shorter sound, so that the frames alone decide where the video ends. Pictures that move have no sound.
    private IEnumerable<string> Sound(VideoSource source)
        => source.Kind == VideoSourceKind.File && !Path.GetExtension(_path).Equals(".gif", StringComparison.OrdinalIgnoreCase)
            ? [.. Ffmpeg.Open(source), "-map", "0:v:0", "-map", "1:a:0?", "-af", "apad", "-shortest"]
            : [];

    private void Complete(bool interrupted)
    {
        const int EndedBySignal = 255;
        try
        {
            try
            {
                _process.StandardInput.Close();
            }
            catch (IOException) when (interrupted)
            {
                // The other end of the pipe is already closed.
            }

            _process.WaitForExit();
            if (_process.ExitCode != 0 && !(interrupted && _process.ExitCode == EndedBySignal))
            {
                throw Failed(null);
            }

            File.Move(_aside, _path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(exception);
        }
    }

    private NanoDetException Failed(Exception? exception)
    {
        var complaint = _process.WaitForExit(2000) ? VideoFormat.LastLine(_errors.Result) : null;
        return new(ToolDiagnostics.UnwritableVideo(_path, complaint ?? exception?.Message ?? "ffmpeg failed"), exception);
    }
}
