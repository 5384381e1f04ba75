using System.Collections.Immutable;
using System.Text;
using NanoDet.Core.Files;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Folders;

namespace NanoDet.Pipeline.Stages;

/// <summary>
/// What a stage is made from and what it wrote, as text: <c>key HASH</c>, then lines <c>output HASH NAME</c>, <c>input NAME VALUE</c>
/// and <c>image PATH PICTURE CLASSES GROUP LABELS PART</c>; tabs stand between the fields of the last two. The plan writes
/// <c>stages/NAME.wanted</c>; the stage finally writes the same inputs with its outputs to <c>stages/NAME.done</c>. A
/// record that is missing or damaged means that the stage has not run.
/// </summary>
/// <param name="Key">Hash over the inputs.</param>
/// <param name="Outputs">
/// Content hash of each written file, by its name relative to the output folder; a name that ends with a slash is a
/// folder, and its hash is that of its <see cref="FolderListing"/>.
/// </param>
public sealed record StageRecord(string Key, ImmutableSortedDictionary<string, string> Outputs)
{
    private const long LargestFile = 1 << 30;
    private const string Nothing = "\\-"; // no text that is escaped looks so

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The file in which the plan writes the inputs that a stage must be made from.</summary>
    public static string WantedPath(string outputFolder, string stage) => Path.Combine(outputFolder, "stages", $"{stage}.wanted");

    /// <summary>The file in which a stage writes the inputs that it was made from.</summary>
    public static string DonePath(string outputFolder, string stage) => Path.Combine(outputFolder, "stages", $"{stage}.done");

    /// <summary>Reads key and outputs but not the inputs, of which there may be many; null if there is no record, or one that ends or is damaged before them.</summary>
    public static StageRecord? Read(string path)
    {
        string? key = null;
        var isWhole = false;
        var outputs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var line in Lines(path))
        {
            var words = line.Split(' ', 3);
            if (words is ["key", var hash])
            {
                key = hash;
            }
            else if (words is ["output", var content, var name])
            {
                outputs[Unescape(name)] = content;
            }
            else
            {
                isWhole = words[0] is "input" or "image";
                break;
            }
        }

        return key is null || !isWhole ? null : new StageRecord(key, outputs.ToImmutable());
    }

    /// <summary>Reads the inputs; null if there is no record, or if its inputs do not have its key.</summary>
    public static Fingerprint? ReadInputs(string path)
    {
        string? key = null;
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        var images = new Dictionary<string, ImageEntry>(StringComparer.Ordinal);
        foreach (var line in Lines(path))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var fields = line[(space + 1)..].Split('\t');
            switch (space < 0 ? "" : line[..space], fields)
            {
                case ("key", [var hash]):
                    key = hash;
                    break;
                case ("input", [var name, var value]):
                    settings[Unescape(name)] = Unescape(value);
                    break;
                case ("image", [var file, var picture, var classes, var group, var labels, var part]):
                    images[Unescape(file)] = new(Unescape(file), picture) { Classes = Facet(classes), Group = Facet(group), Labels = Facet(labels), Part = Facet(part) };
                    break;
            }
        }

        var inputs = new Fingerprint(settings.Select(setting => new FingerprintEntry(setting.Key, setting.Value)), [.. images.Values]);
        return key == inputs.Hash ? inputs : null;
    }

    /// <summary>Writes a record if it differs from the existing one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inputs">What the stage is made from.</param>
    /// <param name="outputs">What it wrote; nothing where it has not run.</param>
    /// <param name="durable">False for what the plan wants: where a power cut left something else, the next plan makes it again.</param>
    public static void Write(string path, Fingerprint inputs, IEnumerable<KeyValuePair<string, string>> outputs, bool durable = true)
    {
        using var content = new MemoryStream((inputs.Entries.Length + inputs.Images.Length) * 160);
        using (var writer = new StreamWriter(content, Encoding, leaveOpen: true) { NewLine = "\n" })
        {
            writer.WriteLine($"key {inputs.Hash}");
            foreach (var (name, hash) in outputs.OrderBy(output => output.Key, StringComparer.Ordinal))
            {
                writer.WriteLine($"output {hash} {Escape(name)}");
            }

            foreach (var entry in inputs.Entries)
            {
                writer.WriteLine($"input {Escape(entry.Name)}\t{Escape(entry.Value)}");
            }

            foreach (var image in inputs.Images)
            {
                writer.Write("image ");
                writer.Write(Escape(image.Path));
                foreach (var value in (ReadOnlySpan<string?>)[image.Picture, image.Classes, image.Group, image.Labels, image.Part])
                {
                    writer.Write('\t');
                    writer.Write(value is null ? Nothing : Escape(value));
                }

                writer.Write('\n');
            }
        }

        AtomicFile.WriteIfDifferent(path, content.GetBuffer().AsMemory(0, (int)content.Length), durable);
    }

    private static IEnumerable<string> Lines(string path)
    {
        if (Open(path) is not { } file)
        {
            yield break;
        }

        using var reader = new StreamReader(file, Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    // What cannot be read is replaced when the stage has run.
    private static FileStream? Open(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= LargestFile } ? RegularFile.OpenRead(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Facet(string field) => field == Nothing ? null : Unescape(field);

    private static string Escape(string text) => text.AsSpan().IndexOfAny("\\\t\n\r") < 0 ? text : text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);

    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] != '\\' || i + 1 == text.Length ? text[i] : text[++i] switch
            {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                var other => other,
            });
        }

        return plain.ToString();
    }
}
