using System.Collections.Immutable;
using System.Text;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Folders;

namespace NanoDet.Pipeline.Stages;

/// <summary>
/// What a stage is made from and what it wrote, as text: <c>key HASH</c>, then <c>output HASH NAME</c> and
/// <c>input NAME TAB VALUE</c> lines. The plan writes <c>stages/NAME.wanted</c>; the stage finally writes the same
/// inputs with its outputs to <c>stages/NAME.done</c>. A record that is missing or damaged means that the stage has not run.
/// </summary>
/// <param name="Key">Hash over the inputs.</param>
/// <param name="Outputs">
/// Content hash of each written file, by its name relative to the output folder; a name that ends with a slash is a
/// folder, and its hash is that of its <see cref="FolderListing"/>.
/// </param>
public sealed record StageRecord(string Key, ImmutableSortedDictionary<string, string> Outputs)
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The file in which the plan writes the inputs that a stage must be made from.</summary>
    public static string WantedPath(string outputFolder, string stage) => Path.Combine(outputFolder, "stages", $"{stage}.wanted");

    /// <summary>The file in which a stage writes the inputs that it was made from.</summary>
    public static string DonePath(string outputFolder, string stage) => Path.Combine(outputFolder, "stages", $"{stage}.done");

    /// <summary>Reads key and outputs but not the inputs, of which there may be many; null if there is no record.</summary>
    public static StageRecord? Read(string path)
    {
        string? key = null;
        var outputs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var line in Lines(path).TakeWhile(line => !line.StartsWith("input ", StringComparison.Ordinal)))
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
        }

        return key is null ? null : new StageRecord(key, outputs.ToImmutable());
    }

    /// <summary>Reads the inputs; null if there is no record, or if its inputs do not have its key.</summary>
    public static Fingerprint? ReadInputs(string path)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Lines(path).Where(line => line.StartsWith("input ", StringComparison.Ordinal)))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab > 0)
            {
                entries[Unescape(line["input ".Length..tab])] = Unescape(line[(tab + 1)..]);
            }
        }

        var inputs = new Fingerprint(entries.Select(entry => new FingerprintEntry(entry.Key, entry.Value)));
        return Read(path)?.Key == inputs.Hash ? inputs : null;
    }

    /// <summary>Writes a record if it differs from the existing one.</summary>
    public static void Write(string path, Fingerprint inputs, IEnumerable<KeyValuePair<string, string>> outputs)
    {
        using var content = new MemoryStream(inputs.Entries.Length * 128);
        using (var writer = new StreamWriter(content, Encoding, leaveOpen: true) { NewLine = "\n" })
        {
            writer.WriteLine($"key {inputs.Hash}");
            foreach (var (name, hash) in outputs.OrderBy(output => output.Key, StringComparer.Ordinal))
            {
                writer.WriteLine($"output {hash} {Escape(name)}");
            }

            foreach (var entry in inputs.Entries)
            {
                writer.Write("input ");
                writer.Write(Escape(entry.Name));
                writer.Write('\t');
                writer.WriteLine(Escape(entry.Value));
            }
        }

        AtomicFile.WriteIfDifferent(path, content.GetBuffer().AsMemory(0, (int)content.Length));
    }

    private static IEnumerable<string> Lines(string path) => File.Exists(path) ? File.ReadLines(path) : [];

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
