using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

public sealed class DetectVideoTests : IDisposable
{
    private readonly TestFolder _folder = new("vidéo");
    private readonly string _model;

    public DetectVideoTests() => _model = FixedModel.Write(_folder["model.onnx"], ["cat", "dog"], 0.9f, 0.1f);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_video_gives_an_annotated_video_and_lines_with_every_frame_once()
    {
        var video = await VideoAsync("in.mp4", "testsrc=size=161x91:rate=30000/1001", 37);

        var run = await ToolProcess.RunAsync("detect", _model, video, "--out", _folder["out.mp4"], "--format", "jsonl", "--save", _folder["out.jsonl"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal((37, 162, 92), await ProbeAsync(_folder["out.mp4"]));
        var lines = await File.ReadAllLinesAsync(_folder["out.jsonl"], TestContext.Current.CancellationToken);
        var frames = lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(Enumerable.Range(0, 37), frames.Select(frame => frame.GetProperty("frame").GetInt32()));
        Assert.Equal(36 * 1001 / 30000.0, frames[36].GetProperty("seconds").GetDouble(), 5);
        Assert.Single(frames[36].GetProperty("objects").EnumerateArray());
        Assert.Matches(@"^37 frames in \d+\.\d s, \d+\.\d per second\n$", run.Error.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("1", "out.mp4", true)] // A sound that ends before the pictures.
    [InlineData("3", "out.webm", true)] // One that goes on after them.
    [InlineData("3", "out.gif", false)]
    public async Task The_sound_of_a_video_is_kept_and_its_frames_decide_its_length(string seconds, string name, bool sounds)
    {
        RequireFfmpeg();
        var video = _folder["in.mp4"];
        await RunAsync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc=size=160x90:rate=25", "-f", "lavfi", "-i", $"sine=duration={seconds}", "-frames:v", "50", video]);

        var run = await ToolProcess.RunAsync("detect", _model, video, "--out", _folder[name], "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(50, (await ProbeAsync(_folder[name])).Frames);
        var streams = (await RunAsync("ffprobe", ["-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0", _folder[name]])).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(sounds ? ["video", "audio"] : ["video"], streams);
        var length = double.Parse(await RunAsync("ffprobe", ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", _folder[name]]), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(length, 1.9, 2.2);
    }

    [Fact]
    public async Task The_password_of_a_camera_is_not_shown()
    {
        RequireFfmpeg();
        var run = await ToolProcess.RunAsync("detect", _model, "http://me:hush@127.0.0.1:1/live?token=hush");

        Assert.StartsWith("http://127.0.0.1:1/live: error NDB6102: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Street_keeps_its_362_frames()
    {
        RequireFfmpeg();
        var run = await ToolProcess.RunAsync(
            "detect", _model, SharedData.Path("media/street.mp4"), "--out", _folder["street.mp4"], "--format", "jsonl", "--save", _folder["street.jsonl"], "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal((362, 640, 360), await ProbeAsync(_folder["street.mp4"]));
        Assert.Equal(362, File.ReadLines(_folder["street.jsonl"]).Count());
    }

    [Fact]
    public async Task Frames_become_pictures_with_labels_to_correct()
    {
        var video = await VideoAsync("in.mp4", "testsrc=size=160x90:rate=25", 25);

        var run = await ToolProcess.RunAsync("detect", _model, video, "--format", "voc", "--save", _folder["labels"], "--every", "10", "--frames", "2", "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            ["in-000000.jpg", "in-000000.xml", "in-000010.jpg", "in-000010.xml"],
            Directory.GetFiles(_folder["labels"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_broken_video_is_reported_and_the_next_one_goes_on()
    {
        var broken = _folder.Write("broken.mp4", "no video");
        var good = await VideoAsync("good.mp4", "testsrc=size=160x90:rate=25", 3);

        var run = await ToolProcess.RunAsync("detect", _model, broken, good, "--format", "jsonl", "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{broken}: error NDB6102: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, run.Output.Count(character => character == '\n'));
    }

    [Fact]
    public async Task Without_ffmpeg_one_is_told_what_to_install()
    {
        var run = await ToolProcess.RunWithAsync("PATH", _folder.FullPath, "detect", _model, _folder.Write("in.mp4", "a video"), "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error NDB6101: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("install", run.Error, StringComparison.Ordinal);
    }

    private async Task<string> VideoAsync(string name, string source, int frames)
    {
        RequireFfmpeg();
        await RunAsync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", source, "-frames:v", $"{frames}", "-pix_fmt", "yuv444p", _folder[name]]);
        return _folder[name];
    }

    private static async Task<(int Frames, int Width, int Height)> ProbeAsync(string path)
    {
        var probe = await RunAsync("ffprobe", ["-v", "error", "-select_streams", "v:0", "-count_frames", "-show_entries", "stream=width,height,nb_read_frames", "-of", "csv=p=0", path]);
        var values = probe.Trim().Split(',').Select(int.Parse).ToArray();
        return (values[2], values[0], values[1]);
    }

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static void RequireFfmpeg()
    {
        try
        {
            Process.Start(new ProcessStartInfo("ffmpeg", "-version") { RedirectStandardOutput = true })!.Dispose();
        }
        catch (Win32Exception)
        {
            Assert.Skip("ffmpeg is not on the PATH");
        }
    }
}
