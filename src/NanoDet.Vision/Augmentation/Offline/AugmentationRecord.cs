using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NanoDet.Data.Augmentation;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>
/// Records, beside the copies, what the copies of each image were made from, so that only changed copies are made again and the
/// copies of a removed image are deleted. If the record is damaged, all copies are made again.
/// </summary>
internal sealed class AugmentationRecord
{
    /// <summary>Name of the file in the output folder.</summary>
    public const string FileName = "augmentation.record";

    // Increased when the same settings would give other bytes.
    private const int Version = 2;
    private const uint Mark = 0x4155474E; // NGUA

    private readonly CheckedFile _file;
    private readonly Dictionary<string, Entry> _entries;

    private AugmentationRecord(CheckedFile file, Dictionary<string, Entry> entries) => (_file, _entries) = (file, entries);

    /// <summary>Paths of the images that have copies.</summary>
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

    /// <summary>Computes a hash of everything that the bytes of an image's copies depend on.</summary>
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

    /// <summary>Whether all copies of an image exist and were made from the same inputs.</summary>
    public bool IsCurrent(string source, string key, string outputFolder)
    {
        lock (_entries)
        {
            return _entries.TryGetValue(source, out var entry) && entry.Key == key
                && entry.Files.All(file => new FileInfo(ProjectPath.Full(outputFolder, file.Path)) is { Exists: true } info && info.Length == file.Length);
        }
    }

    /// <summary>Records that the copies of an image were made.</summary>
    public void Add(string source, string key, ImmutableArray<CopyFile> files)
    {
        lock (_entries)
        {
            _entries[source] = new(key, files);
        }
    }

    /// <summary>Returns the content hashes of an image's copies by their paths.</summary>
    public IReadOnlyDictionary<string, string> HashesOf(string source)
    {
        lock (_entries)
        {
            return _entries[source].Files.Where(file => file.ContentHash.Length > 0).ToDictionary(file => file.Path, file => file.ContentHash);
        }
    }

    /// <summary>Removes an image from the record.</summary>
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
