using System.IO.Enumeration;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Images;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Terminal;
using NanoDet.Tool.Video;

namespace NanoDet.Tool.Inputs;

/// <summary>
/// Resolves the inputs of a command line: files, folders (with all subfolders), patterns with <c>*</c>, <c>?</c> and
/// <c>**</c>, <c>-</c> for a list on standard input, cameras and streams.
/// </summary>
internal static class InputList
{
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true };

    /// <summary>Expands inputs, in their order, each file once; the files of a folder or pattern are sorted by name.</summary>
    /// <param name="arguments">The inputs as they were written.</param>
    /// <param name="list">The source of the paths for <c>-</c>.</param>
    /// <param name="problem">Takes the inputs that were not found; the others are processed.</param>
    /// <exception cref="UsageException">The source of the paths has something else.</exception>
    public static IEnumerable<Input> Expand(IEnumerable<string> arguments, TextReader list, Action<Diagnostic> problem)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var argument in arguments.SelectMany(argument => argument == "-" ? Paths(list) : [argument]))
        {
            var found = false;
            foreach (var input in Expand(argument))
            {
                found = true;
                if (input.Video is { Kind: not VideoSourceKind.File } || files.Add(Path.GetFullPath(input.Name)))
                {
                    yield return input;
                }
            }

            if (!found)
            {
                problem(ToolDiagnostics.NothingFound(argument));
            }
        }
    }

    private static IEnumerable<Input> Expand(string argument)
    {
        if (File.Exists(argument))
        {
            return [Of(argument, Path.GetFileName(argument))];
        }

        if (Directory.Exists(argument))
        {
            return Directory.EnumerateFiles(argument, "*", Below)
                .Where(file => PictureFile.Is(file) || VideoSource.IsVideoFile(file)).Order(StringComparer.Ordinal)
                .Select(file => Of(file, Path.GetRelativePath(argument, file)));
        }

        return VideoSource.Parse(argument) is { Kind: not VideoSourceKind.File } video
            ? [new Input(video.Shown, $"{video.Kind.ToString().ToLowerInvariant()}.mp4", video)]
            : Matches(argument);
    }

    /// <summary>The folder before the first wildcard is searched; the rest must match the relative path of a file.</summary>
    private static IEnumerable<Input> Matches(string pattern)
    {
        var parts = pattern.Replace('\\', '/').Split('/');
        var wild = Array.FindIndex(parts, part => part.AsSpan().ContainsAny('*', '?'));
        if (wild < 0)
        {
            return [];
        }

        var root = wild == 0 ? "." : wild == 1 && parts[0].Length == 0 ? "/" : string.Join('/', parts[..wild]);
        return Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*", Below)
                .Select(file => (Path: file, Relative: Path.GetRelativePath(root, file)))
                .Where(file => Fits(parts.AsSpan(wild), file.Relative.Split(Path.DirectorySeparatorChar)))
                .OrderBy(file => file.Path, StringComparer.Ordinal)
                .Select(file => Of(wild == 0 ? file.Relative : file.Path, file.Relative))
            : [];
    }

    private static bool Fits(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty || path.IsEmpty)
        {
            return pattern.IsEmpty && path.IsEmpty;
        }

        return pattern[0] == "**"
            ? Fits(pattern[1..], path) || (path.Length > 1 && Fits(pattern, path[1..]))
            : FileSystemName.MatchesSimpleExpression(pattern[0], path[0]) && Fits(pattern[1..], path[1..]);
    }

    /// <summary>One path in each line, or ended by a zero byte, as <c>find -print0</c> writes them.</summary>
    private static IEnumerable<string> Paths(TextReader list)
    {
        while (list.ReadLine() is { } line)
        {
            foreach (var path in line.Split('\0', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                // A picture, most likely: its bytes as patterns would search the whole disk.
                yield return path.Any(sign => char.IsControl(sign) || sign == '\uFFFD')
                    ? throw new UsageException("standard input has no paths; '-' takes one path in each line, or paths that a zero byte ends, and no picture")
                    : path;
            }
        }
    }

    private static Input Of(string path, string relative) => new(path, relative, VideoSource.IsVideoFile(path) ? new(VideoSourceKind.File, path) : null);
}
