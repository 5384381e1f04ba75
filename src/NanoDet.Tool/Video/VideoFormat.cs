using System.Globalization;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Video;

/// <summary>The properties of a video, from ffprobe.</summary>
/// <param name="Width">Display width of a frame, in pixels.</param>
/// <param name="Height">Display height of a frame, in pixels.</param>
/// <param name="FrameRate">Frames per second as a fraction, such as <c>30000/1001</c>.</param>
/// <param name="FrameCount">The number of frames in the container; null if it does not give it, as for a camera.</param>
internal sealed record VideoFormat(int Width, int Height, string FrameRate, long? FrameCount)
{
    private const int MaxSide = 16384;

    /// <summary>Seconds from one frame to the next.</summary>
    public double FrameSeconds => 1 / Rate(FrameRate)!.Value;

    /// <summary>Runs ffprobe.</summary>
    /// <exception cref="NanoDetException">NDB6101, NDB6102.</exception>
    public static async Task<VideoFormat> ProbeAsync(VideoSource source, CancellationToken cancellation)
    {
        using var probe = Ffmpeg.Start("ffprobe",
        [
            "-v", "error", "-select_streams", "v:0",
            "-show_entries", "stream=width,height,avg_frame_rate,r_frame_rate,nb_frames:stream_side_data=rotation",
            "-of", "json", .. Ffmpeg.Open(source),
        ]);
        var errors = probe.StandardError.ReadToEndAsync(cancellation);
        var output = await probe.StandardOutput.ReadToEndAsync(cancellation);
        await probe.WaitForExitAsync(cancellation);
        return probe.ExitCode == 0 && Read(output) is { } format
            ? format
            : throw new NanoDetException(ToolDiagnostics.UnreadableVideo(source.Shown, LastLine(source.WithoutPassword(await errors)) ?? "it has no frames"));
    }

    /// <summary>Returns the last line of a program's error output; null if it is empty.</summary>
    public static string? LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();

    private static VideoFormat? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("streams", out var streams) || streams.GetArrayLength() == 0)
        {
            return null;
        }

        var stream = streams[0];
        var (width, height) = (Integer(stream, "width"), Integer(stream, "height"));
        if (width is not (> 0 and <= MaxSide) || height is not (> 0 and <= MaxSide))
        {
            return null;
        }

        // ffmpeg applies the rotation of the video.
        var turned = stream.TryGetProperty("side_data_list", out var sideData)
            && sideData.EnumerateArray().Any(data => Integer(data, "rotation") is { } angle && angle % 180 != 0);
        var rate = new[] { Text(stream, "avg_frame_rate"), Text(stream, "r_frame_rate"), "25/1" }.First(rate => Rate(rate) is not null)!;
        var count = long.TryParse(Text(stream, "nb_frames"), CultureInfo.InvariantCulture, out var frames) ? frames : (long?)null;
        return turned ? new(height.Value, width.Value, rate, count) : new(width.Value, height.Value, rate, count);
    }

    private static int? Integer(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : null;

    private static string? Text(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double? Rate(string? fraction)
        => fraction?.Split('/') is [var above, var below]
            && double.TryParse(above, CultureInfo.InvariantCulture, out var frames) && double.TryParse(below, CultureInfo.InvariantCulture, out var seconds)
            && frames > 0 && seconds > 0 ? frames / seconds : null;
}
