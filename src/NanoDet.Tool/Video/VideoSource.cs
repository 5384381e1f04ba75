using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Tool.Video;

/// <summary>The source of frames.</summary>
/// <param name="Kind">The kind of the source.</param>
/// <param name="Address">The file's path, the camera's number or name, or the stream's address.</param>
internal sealed record VideoSource(VideoSourceKind Kind, string Address)
{
    private const string CameraPrefix = "camera:";

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".wmv", ".ts",
    };

    /// <summary>The source as results and messages name it: without the password that a camera's address may contain.</summary>
    public string Shown => Kind switch
    {
        VideoSourceKind.Stream => WebAddress.Shown(Address),
        VideoSourceKind.Camera => CameraPrefix + Address,
        _ => Address,
    };

    /// <summary>Removes the password from a message of ffmpeg, which quotes the address or parts of it.</summary>
    public string WithoutPassword(string words)
    {
        if (Kind != VideoSourceKind.Stream || !Uri.TryCreate(Address, UriKind.Absolute, out var address))
        {
            return words;
        }

        return new[] { Address, $"{address.UserInfo}@", address.Query }.Where(secret => secret.Length > 1)
            .Aggregate(words, (text, secret) => text.Replace(secret, secret == Address ? Shown : "", StringComparison.Ordinal));
    }

    /// <summary>Whether a file has the extension of a video.</summary>
    public static bool IsVideoFile(string path) => Extensions.Contains(Path.GetExtension(path));

    /// <summary>Returns the video of an argument; null if it is not a video.</summary>
    public static VideoSource? Parse(string argument)
        => argument.StartsWith(CameraPrefix, StringComparison.OrdinalIgnoreCase) ? new(VideoSourceKind.Camera, argument[CameraPrefix.Length..])
            : argument.StartsWith("rtsp://", StringComparison.OrdinalIgnoreCase)
                || argument.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
                || argument.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? new(VideoSourceKind.Stream, argument)
            : IsVideoFile(argument) ? new(VideoSourceKind.File, argument)
            : null;
}

/// <summary>Kinds of sources.</summary>
internal enum VideoSourceKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A camera of this machine.</summary>
    Camera,

    /// <summary>A network address.</summary>
    Stream,
}
