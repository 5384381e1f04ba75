using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NanoDet.Data.Configuration.Yaml;

/// <summary>
/// Reads the only document of a yml file into nodes. It uses YamlDotNet's events instead of its object model, because the
/// file may be hostile: depth and size are limited while reading, and an alias refers to its node instead of copying it.
/// </summary>
internal sealed class YamlDocument
{
    private const int MaxCharacters = 1 << 20;
    private const int MaxDepth = 32;
    private const int MaxNodes = 100_000;
    private const int MaxAliases = 100;

    private readonly string _file;
    private readonly IParser _parser;
    private readonly Dictionary<AnchorName, YamlNode> _anchors = [];
    private int _nodes;
    private int _aliases;

    private YamlDocument(string file, IParser parser)
    {
        _file = file;
        _parser = parser;
    }

    /// <summary>Reads the root node.</summary>
    /// <param name="file">Path of the file for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="NanoDetException">NDB3001: not well-formed, too large, too deep, or more than one document.</exception>
    public static YamlNode Read(string file, string text)
    {
        if (text.Length > MaxCharacters)
        {
            throw Malformed(new(file), "it is larger than one megabyte");
        }

        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                throw Malformed(new(file), "it is empty");
            }

            parser.Consume<DocumentStart>();
            var root = new YamlDocument(file, parser).Node(0);
            parser.Consume<DocumentEnd>();
            parser.Consume<StreamEnd>();
            return root;
        }
        catch (YamlException exception)
        {
            throw new NanoDetException(
                Tab(file, text, (int)exception.Start.Line) ?? ConfigurationDiagnostics.Malformed(Place(file, exception.Start), OneLine(exception.Message)), exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // For some malformed texts, YamlDotNet's scanner throws exceptions that are not its own.
            throw new NanoDetException(
                ConfigurationDiagnostics.Malformed(Place(file, parser.Current?.End ?? Mark.Empty), "it is not well-formed after this place"),
                exception);
        }
    }

    private YamlNode Node(int depth)
    {
        var place = Place(_file, _parser.Current?.Start ?? Mark.Empty);
        if (depth > MaxDepth)
        {
            throw Malformed(place, $"it nests deeper than {MaxDepth} levels");
        }

        if (++_nodes > MaxNodes)
        {
            throw Malformed(place, $"it has more than {MaxNodes} entries");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            if (++_aliases > MaxAliases)
            {
                throw Malformed(place, $"it has more than {MaxAliases} aliases");
            }

            return _anchors.TryGetValue(alias.Value, out var target)
                ? target
                : throw Malformed(place, $"the alias *{alias.Value} does not name a complete entry above it");
        }

        // YamlDotNet's parser ends a mapping between a key and its value where the text is odd enough.
        var anchor = _parser.Current is NodeEvent start ? start.Anchor : throw Malformed(place, "an entry has no value");
        YamlNode node = _parser.Current switch
        {
            MappingStart => Mapping(place, depth),
            SequenceStart => Sequence(place, depth),
            _ => Scalar(place),
        };
        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private YamlMapping Mapping(SourceLocation place, int depth)
    {
        _parser.Consume<MappingStart>();
        var entries = new List<(YamlScalar, YamlNode)>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not YamlScalar key)
            {
                throw Malformed(place, "a key must be a string");
            }

            entries.Add((key, Node(depth + 1)));
        }

        return new(place, entries);
    }

    private YamlSequence Sequence(SourceLocation place, int depth)
    {
        _parser.Consume<SequenceStart>();
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new(place, items);
    }

    private YamlScalar Scalar(SourceLocation place)
    {
        var scalar = _parser.Consume<Scalar>();
        return new(place, scalar.Value, scalar.Style != ScalarStyle.Plain);
    }

    // The parser stumbles at the end of the line before, and speaks of mappings and keys.
    private static Diagnostic? Tab(string file, string text, int line)
    {
        // A comment may begin anywhere.
        var lines = text.Split('\n').Index().Skip(Math.Max(line - 1, 0)).Where(entry => entry.Item.AsSpan().Trim() is not ([] or ['#', ..])).Take(2);
        foreach (var (i, content) in lines)
        {
            var indentation = content.AsSpan(0, content.Length - content.AsSpan().TrimStart(" \t").Length);
            if (indentation.IndexOf('\t') is >= 0 and var column)
            {
                return ConfigurationDiagnostics.Malformed(new(file, i + 1, column + 1), "the line is indented with a tab; YAML allows only spaces there");
            }
        }

        return null;
    }

    private static SourceLocation Place(string file, Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    private static NanoDetException Malformed(SourceLocation place, string reason)
        => new(ConfigurationDiagnostics.Malformed(place, reason));

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
