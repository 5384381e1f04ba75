using System.ComponentModel;
using System.Diagnostics;
using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Video;

/// <summary>Starts the programs of ffmpeg from the PATH.</summary>
internal static class Ffmpeg
{
    /// <summary>Starts a program with all three standard streams redirected.</summary>
    /// <param name="program"><c>ffmpeg</c> or <c>ffprobe</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="NanoDetException">NDB6101.</exception>
    public static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new NanoDetException(ToolDiagnostics.FfmpegMissing(program, Hint()), exception);
        }
    }

    /// <summary>Arguments that open an input, before anything about the output.</summary>
    /// <param name="source">The video.</param>
    public static IEnumerable<string> Open(VideoSource source) => source.Kind switch
    {
        // A playlist in a local file must not access the network, and a name must not be taken for a protocol.
        VideoSourceKind.File => ["-protocol_whitelist", "file,pipe", "-i", "file:" + source.Address],
        VideoSourceKind.Camera when OperatingSystem.IsWindows() => ["-f", "dshow", "-i", "video=" + source.Address],
        VideoSourceKind.Camera when OperatingSystem.IsMacOS() => ["-f", "avfoundation", "-i", source.Address],
        VideoSourceKind.Camera => ["-f", "v4l2", "-i", int.TryParse(source.Address, out var number) ? $"/dev/video{number}" : source.Address],
        _ => ["-i", source.Address],
    };

    private static string Hint()
        => OperatingSystem.IsWindows() ? "install it with 'winget install ffmpeg'"
            : OperatingSystem.IsMacOS() ? "install it with 'brew install ffmpeg'"
            : "install it with 'apt-get install ffmpeg', or with the package manager of your system";
}
