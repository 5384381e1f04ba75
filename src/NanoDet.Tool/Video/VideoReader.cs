using System.Diagnostics;
using NanoDet.Core.Diagnostics;
using NanoDet.Imaging;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Video;

/// <summary>The frames of a video, decoded by ffmpeg and read from a pipe: every frame exactly once.</summary>
internal sealed class VideoReader : IDisposable
{
    private readonly VideoSource _source;
    private readonly VideoFormat _format;
    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <summary>Opens a video.</summary>
    /// <param name="source">The video.</param>
    /// <param name="format">Its properties, from <see cref="VideoFormat.ProbeAsync"/>.</param>
    /// <exception cref="NanoDetException">NDB6101.</exception>
    public VideoReader(VideoSource source, VideoFormat format)
    {
        (_source, _format) = (source, format);

        // The frames are renumbered to a constant rate, so that ffmpeg neither duplicates nor drops frames. Its default conversion
        // to RGB rounds differently on each kind of processor, and so changes scores; this one does not, for 1.5 ms a frame of 768x432.
        _process = Ffmpeg.Start("ffmpeg",
        [
            "-v", "error", "-nostdin", .. Ffmpeg.Open(source), "-map", "0:v:0",
            "-vf", "setpts=N/(25*TB)", "-r", "25", "-sws_flags", "accurate_rnd+bitexact", "-f", "rawvideo", "-pix_fmt", "bgra", "-",
        ]);
        _process.StandardInput.Close();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The frames, read as they are requested.</summary>
    /// <exception cref="NanoDetException">NDB6102 if ffmpeg fails, after the frames before the failure.</exception>
    public IEnumerable<VideoFrame> Frames()
    {
        var pipe = _process.StandardOutput.BaseStream;
        for (var index = 0L; ; index++)
        {
            var pixels = new byte[_format.Width * _format.Height * PixelImage.BytesPerPixel];
            if (pipe.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false) < pixels.Length)
            {
                break;
            }

            yield return new VideoFrame(index, index * _format.FrameSeconds, new PixelImage(_format.Width, _format.Height, pixels));
        }

        _process.WaitForExit();
        if (_process.ExitCode != 0)
        {
            throw new NanoDetException(ToolDiagnostics.UnreadableVideo(
                _source.Shown, VideoFormat.LastLine(_source.WithoutPassword(_errors.Result)) ?? $"ffmpeg ended with exit code {_process.ExitCode}"));
        }
    }

    /// <summary>Stops ffmpeg, also while <see cref="Frames"/> waits for it.</summary>
    public void Stop()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Stop();
        _process.WaitForExit();
        _process.Dispose();
    }
}

/// <summary>One frame.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Seconds">Its time.</param>
/// <param name="Image">The pixels.</param>
internal sealed record VideoFrame(long Index, double Seconds, PixelImage Image);
