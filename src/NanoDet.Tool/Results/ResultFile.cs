using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Results;

/// <summary>Writes text to standard output, or to a file that is completed when <see cref="Finish"/> is called.</summary>
internal sealed class ResultFile : IDisposable
{
    private readonly string? _path;
    private readonly string? _aside;

    /// <summary>Opens it.</summary>
    /// <param name="path">The file; null for standard output.</param>
    /// <exception cref="NanoDetException">NDB6105.</exception>
    public ResultFile(string? path)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (path is null)
        {
            // Where both go into one file, a problem must not stand inside a line.
            Writer = new StreamWriter(Console.OpenStandardOutput(), encoding) { AutoFlush = true };
            return;
        }

        var full = Path.GetFullPath(path);
        if (WrittenFile.Write(path, () => AtomicFile.OpenDevice(full)) is { } device)
        {
            Writer = new StreamWriter(device, encoding);
            return;
        }

        _path = WrittenFile.Write(path, () => AtomicFile.BehindLink(full));
        _aside = AtomicFile.AsideOf(_path);
        Writer = WrittenFile.Write(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            return new StreamWriter(_aside, append: false, encoding);
        });
    }

    /// <summary>The writer for the text.</summary>
    public TextWriter Writer { get; }

    /// <summary>Moves the file to its final name.</summary>
    /// <exception cref="NanoDetException">NDB6105.</exception>
    public void Finish() => WrittenFile.Write(_path ?? "standard output", () =>
    {
        Writer.Dispose();
        if (_path is not null)
        {
            File.Move(_aside!, _path, overwrite: true);
        }
    });

    /// <inheritdoc />
    public void Dispose()
    {
        Writer.Dispose();
        if (_aside is not null)
        {
            File.Delete(_aside);
        }
    }
}
