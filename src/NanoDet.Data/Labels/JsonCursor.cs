using System.Globalization;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels.Coco;

namespace NanoDet.Data.Labels;

/// <summary>
/// Reads a JSON document forward only, by property and element, and knows its place in the user's file.
/// <see cref="Utf8JsonReader"/> limits the nesting (64 levels); values that are not requested are skipped.
/// </summary>
internal ref struct JsonCursor
{
    private readonly string _path;
    private Utf8JsonReader _reader;
    private TextPosition _position;

    /// <summary>Starts before the document.</summary>
    /// <param name="content">The file, in UTF-8, or as its byte order mark says.</param>
    /// <param name="path">The file's path, for locations.</param>
    public JsonCursor(ReadOnlySpan<byte> content, string path)
    {
        var text = EncodedText.InUtf8(content);
        _path = path;
        _reader = new(text);
        _position = new(text);
    }

    /// <summary>Reads a document, and turns the exceptions of the JSON reader into a diagnostic.</summary>
    /// <exception cref="NanoDetException">NDB1001, or all errors of which the reading has taken note.</exception>
    public static T Read<T>(ReadOnlySpan<byte> content, string path, JsonReading<T> reading)
    {
        var cursor = new JsonCursor(content, path);
        T result;
        try
        {
            cursor._reader.Read();
            result = reading(ref cursor);
            cursor._reader.Read();
        }
        catch (NanoDetException exception) when (exception.Diagnostics.Count == 1)
        {
            throw cursor.Errors.With(exception);
        }
        catch (JsonException exception)
        {
            var end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            var reason = (end > 0 ? exception.Message[..end] : exception.Message).TrimEnd('.');
            var location = exception.LineNumber is { } line ? cursor._position.At(line, exception.BytePositionInLine ?? 0, path) : new(path);
            throw cursor.Errors.With(new NanoDetException(LabelDiagnostics.Malformed(location, reason), exception));
        }

        cursor.Errors.ThrowIfAny();
        return result;
    }

    /// <summary>The errors so far; with any, the reading fails at its end.</summary>
    public LabelErrors Errors { get; } = new();

    /// <summary>Where the current token begins.</summary>
    public SourceLocation Location => _position.At((int)_reader.TokenStartIndex, _path);

    /// <summary>Whether the current property has this name.</summary>
    public readonly bool NameIs(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    /// <summary>Enters the next object.</summary>
    /// <exception cref="NanoDetException">NDB1001 if it is something else.</exception>
    public void EnterObject(string what) => Enter(JsonTokenType.StartObject, what, "an object");

    /// <summary>Enters the next object, or skips a value of another type.</summary>
    /// <returns>Whether it was an object.</returns>
    public bool TryEnterObject()
    {
        ToValue();
        if (_reader.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        _reader.Skip();
        return false;
    }

    /// <summary>Enters the next array.</summary>
    /// <exception cref="NanoDetException">NDB1001 if it is something else.</exception>
    public void EnterArray(string what) => Enter(JsonTokenType.StartArray, what, "an array");

    /// <summary>Enters the next array, if it is not <c>null</c>.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="NanoDetException">NDB1001 if it is something else.</exception>
    public bool TryEnterArray(string what)
    {
        ToValue();
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return false;
        }

        EnterArray(what);
        return true;
    }

    /// <summary>The name of the current property.</summary>
    /// <exception cref="NanoDetException">NDB1001: it is not in UTF-8.</exception>
    public string Name => String("a name");

    /// <summary>Whether the next value is an array, an object, a text or something else; the name of its property is behind then.</summary>
    public JsonTokenType ValueType
    {
        get
        {
            ToValue();
            return _reader.TokenType;
        }
    }

    /// <summary>Moves to the next property of the object; the value of the last one must have been read or skipped.</summary>
    /// <returns>False at the end of the object.</returns>
    /// <exception cref="NanoDetException">NDB1001: its name is no text.</exception>
    public bool NextProperty()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        // Only an escape can hold half of a character, and whoever asks for the name would fail there.
        if (_reader.ValueIsEscaped)
        {
            String("a name");
        }

        return true;
    }

    /// <summary>Moves to the next element of the array.</summary>
    /// <returns>False at the end of the array.</returns>
    public bool NextElement() => _reader.Read() && _reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Reads all elements of the array. One with an error is skipped, because the others may have errors too.</summary>
    /// <param name="read">Reads an element.</param>
    /// <exception cref="NanoDetException">NDB1010: the whole file is of another form.</exception>
    public void Elements(JsonElementReading read)
    {
        while (NextElement())
        {
            var start = _reader;
            try
            {
                read(ref this);
            }
            catch (NanoDetException exception) when (exception.Diagnostics.Count == 1 && exception.Code != "NDB1010")
            {
                Errors.Add(exception.Diagnostic);
                _reader = start;
                _reader.Skip();
            }

            Errors.ThrowIfFull();
        }
    }

    /// <summary>Skips the value of the current property or element.</summary>
    public void Skip() => _reader.Skip();

    /// <summary>Reads a string; null for <c>null</c>.</summary>
    /// <exception cref="NanoDetException">NDB1001.</exception>
    public string? Text(string what)
    {
        ToValue();
        return _reader.TokenType switch
        {
            JsonTokenType.String => String($"'{what}'"),
            JsonTokenType.Null => null,
            _ => throw Malformed($"'{what}' must be a string"),
        };
    }

    /// <summary>Reads a string; null for anything else.</summary>
    /// <exception cref="NanoDetException">NDB1001: it is not in UTF-8.</exception>
    public string? TextIfAny()
    {
        ToValue();
        var text = _reader.TokenType == JsonTokenType.String ? String("a text") : null;
        _reader.Skip();
        return text;
    }

    /// <summary>Reads a list of strings; none for <c>null</c>.</summary>
    /// <param name="what">The name of the list.</param>
    /// <param name="texts">Takes them.</param>
    /// <exception cref="NanoDetException">NDB1001.</exception>
    public void Texts(string what, List<string> texts)
    {
        if (TryEnterArray($"'{what}'"))
        {
            while (NextElement())
            {
                texts.Add(Text(what) ?? "");
            }
        }
    }

    /// <summary>Reads a list of finite numbers; none for <c>null</c>, and no number for an entry that is <c>null</c>.</summary>
    /// <param name="what">The name of the list.</param>
    /// <param name="numbers">Takes them.</param>
    /// <exception cref="NanoDetException">NDB1001 or NDB1005.</exception>
    public void Numbers(string what, List<double> numbers)
    {
        if (TryEnterArray($"'{what}'"))
        {
            while (NextElement())
            {
                numbers.Add(Number(what) ?? double.NaN);
            }
        }
    }

    /// <summary>Reads a finite number; null for <c>null</c>.</summary>
    /// <exception cref="NanoDetException">NDB1005.</exception>
    public double? Number(string what)
    {
        ToValue();
        return _reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.Number when _reader.TryGetDouble(out var value) && double.IsFinite(value) => value,
            _ => throw NotANumber(what),
        };
    }

    /// <summary>Reads a number; null for anything else.</summary>
    public double? NumberIfAny()
    {
        ToValue();
        double? number = _reader.TokenType == JsonTokenType.Number && _reader.TryGetDouble(out var value) && double.IsFinite(value) ? value : null;
        _reader.Skip();
        return number;
    }

    /// <summary>Reads an id of a COCO file (<see cref="CocoId"/>); null for <c>null</c> and an empty text.</summary>
    /// <exception cref="NanoDetException">NDB1005.</exception>
    public long? Id(string what)
    {
        ToValue();
        return _reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.Number when _reader.TryGetInt64(out var value) => value,
            JsonTokenType.Number => CocoId.Of(_reader.ValueSpan),
            JsonTokenType.String => String($"'{what}'") is { Length: > 0 } text ? CocoId.Of(System.Text.Encoding.UTF8.GetBytes(text)) : null,
            _ => throw NotANumber(what),
        };
    }

    /// <summary>Reads a size in pixels, also one that is written as a text, as ids are; null if it is not known.</summary>
    /// <exception cref="NanoDetException">NDB1005.</exception>
    public int? Size(string what)
    {
        ToValue();
        var number = _reader.TokenType != JsonTokenType.String ? Number(what)
            : double.TryParse(String($"'{what}'"), NumberStyles.Float, CultureInfo.InvariantCulture, out var written) ? written
            : throw NotANumber(what);
        return number is >= 1 and <= int.MaxValue and var size ? (int)Math.Round(size) : null;
    }

    /// <summary>Reads a flag, in any of the spellings of <see cref="FlagText"/>; false for anything else.</summary>
    public bool Flag()
    {
        ToValue();
        var flag = _reader.TokenType == JsonTokenType.True
            || (_reader.TokenType is JsonTokenType.Number or JsonTokenType.String && FlagText.IsTrue(_reader.ValueSpan));
        _reader.Skip();
        return flag;
    }

    /// <summary>Makes the diagnostic for a problem at the current place.</summary>
    public NanoDetException Malformed(string reason) => new(LabelDiagnostics.Malformed(Location, reason));

    private string String(string what)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Malformed($"{what} is not in UTF-8, or has half of a surrogate pair");
        }
    }

    private void Enter(JsonTokenType token, string what, string kind)
    {
        ToValue();
        if (_reader.TokenType != token)
        {
            throw Malformed($"{what} must be {kind}");
        }
    }

    private void ToValue()
    {
        if (_reader.TokenType == JsonTokenType.PropertyName)
        {
            _reader.Read();
        }
    }

    private NanoDetException NotANumber(string what)
    {
        var text = System.Text.Encoding.UTF8.GetString(_reader.ValueSpan[..Math.Min(_reader.ValueSpan.Length, 100)]);
        return new(LabelDiagnostics.NotANumber(Location, what, DiagnosticText.Shorten(text)));
    }
}

/// <summary>Reads a document through a cursor at its first token.</summary>
internal delegate T JsonReading<out T>(ref JsonCursor cursor);

/// <summary>Reads an element of an array through a cursor at its first token.</summary>
internal delegate void JsonElementReading(ref JsonCursor cursor);
