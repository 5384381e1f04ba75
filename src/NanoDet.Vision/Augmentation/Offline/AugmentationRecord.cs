using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NanoDet.Data.Augmentation;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>
/// Remembers, beside the copies, what each picture's copies were made of, so that only what changed is made again and the
/// copies of a picture that is gone go too. A damaged record counts as none: everything is made again.
/// </summary>
internal sealed class AugmentationRecord
{
    /// <summary>Name of the file in the output folder.</summary>
    public const string FileName = "augmentation.record";

    // Goes up when the same settings would give other bytes.
    private const int Version = 2;
    private const uint Mark = 0x4155474E; // NGUA

    private readonly CheckedFile _file;
    private readonly Dictionary<string, Entry> _entries;

    private AugmentationRecord(CheckedFile file, Dictionary<string, Entry> entries) => (_file, _entries) = (file, entries);

    /// <summary>Paths of the pictures that have copies.</summary>
    public ImmutableArray<string> Sources
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Reads the record of an output folder.</summary>
    public static AugmentationRecord Open(string outputFolder)
    {
        var file = new CheckedFile(Path.Combine(outputFolder, FileName), Mark, Version);
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        if (file.Read() is { } payload)
        {
            using var reader = new BinaryReader(new MemoryStream(payload.ToArray()));
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                entries[reader.ReadString()] = Entry.Read(reader);
            }
        }

        return new(file, entries);
    }

    /// <summary>Everything that the bytes of a picture's copies depend on, as a hash.</summary>
    public static string KeyOf(SourcePicture source, OfflineAugmentationOptions options)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Version}\n{AugmentationKey.Of(options.Recipe)}\n{options.Seed}\n{options.JpegQuality}\n");
        text.Append(CultureInfo.InvariantCulture, $"{options.Visibility.MinimumShare:R} {options.Visibility.MinimumSize:R}\n");
        text.Append(CultureInfo.InvariantCulture, $"{source.Path}\n{source.ContentHash}\n{source.Width} {source.Height} {source.Orientation}\n");
        foreach (var item in source.Labels.Objects)
        {
            text.Append(CultureInfo.InvariantCulture, $"{item.Box.Left:R} {item.Box.Top:R} {item.Box.Right:R} {item.Box.Bottom:R} ");
            text.Append(CultureInfo.InvariantCulture, $"{item.Difficult} {item.Truncated} {item.Crowd} {item.ClassName.Length} {item.ClassName}\n");
        }

        return ContentHash.Of(Encoding.UTF8.GetBytes(text.ToString())).ToString();
    }

    /// <summary>Whether a picture's copies are all there and were made of the same things.</summary>
    public bool IsCurrent(string source, string key, string outputFolder)
    {
        lock (_entries)
        {
            return _entries.TryGetValue(source, out var entry) && entry.Key == key
                && entry.Files.All(file => new FileInfo(ProjectPath.Full(outputFolder, file.Path)) is { Exists: true } info && info.Length == file.Length);
        }
    }

    /// <summary>Notes that a picture's copies are made.</summary>
    public void Add(string source, string key, ImmutableArray<CopyFile> files)
    {
        lock (_entries)
        {
            _entries[source] = new(key, files);
        }
    }

    /// <summary>Content hashes of a picture's copies by their paths.</summary>
    public IReadOnlyDictionary<string, string> HashesOf(string source)
    {
        lock (_entries)
        {
            return _entries[source].Files.Where(file => file.ContentHash.Length > 0).ToDictionary(file => file.Path, file => file.ContentHash);
        }
    }

    /// <summary>Forgets a picture.</summary>
    /// <returns>Files of its copies, relative to the output folder.</returns>
    public ImmutableArray<string> Remove(string source)
    {
        lock (_entries)
        {
            return _entries.Remove(source, out var entry) ? [.. entry.Files.Select(file => file.Path)] : [];
        }
    }

    /// <summary>Writes the record.</summary>
    public void Save()
    {
        lock (_entries)
        {
            _file.Write(writer =>
            {
                writer.Write(_entries.Count);
                foreach (var (source, entry) in _entries.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    writer.Write(source);
                    entry.Write(writer);
                }
            });
        }
    }

    private sealed record Entry(string Key, ImmutableArray<CopyFile> Files)
    {
        public static Entry Read(BinaryReader reader)
        {
            var key = reader.ReadString();
            var files = new CopyFile[reader.ReadInt32()];
            for (var i = 0; i < files.Length; i++)
            {
                files[i] = new(reader.ReadString(), reader.ReadInt64(), reader.ReadString());
            }

            return new(key, [.. files]);
        }

        public void Write(BinaryWriter writer)
        {
            writer.Write(Key);
            writer.Write(Files.Length);
            foreach (var file in Files)
            {
                writer.Write(file.Path);
                writer.Write(file.Length);
                writer.Write(file.ContentHash);
            }
        }
    }
}
