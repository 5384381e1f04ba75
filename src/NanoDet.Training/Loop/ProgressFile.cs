using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoDet.Training.Loop;

/// <summary>
/// <c>progress.jsonl</c>: one JSON object per line with the time of day, flushed after each line, so that another process can follow.
/// A resumed training appends to the file.
/// </summary>
internal sealed class ProgressFile(string path) : IDisposable
{
    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Adds a line with the members of <paramref name="content"/> and the time.</summary>
    public void Write<T>(T content)
    {
        var line = JsonSerializer.SerializeToNode(content, Options)!.AsObject();
        line["time"] = DateTime.UtcNow;
        _file.Write(JsonSerializer.SerializeToUtf8Bytes(line, Options));
        _file.WriteByte((byte)'\n');
        _file.Flush();
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
