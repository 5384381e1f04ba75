using System.Collections.Immutable;
using System.Text.Json;
using NanoDet.Core.Geometry;

namespace NanoDet.Data.Datasets;

/// <summary>Reads <c>dataset.json</c> in one pass: a document tree of a hundred thousand images would be ten times as large as the file.</summary>
/// <param name="content">The file.</param>
internal ref struct DatasetReader(ReadOnlySpan<byte> content)
{
    private Utf8JsonReader _json = new(content, new JsonReaderOptions { MaxDepth = 8 });

    /// <summary>Reads the file.</summary>
    /// <param name="version">The version that it must have.</param>
    /// <exception cref="JsonException">It is not well-formed.</exception>
    /// <exception cref="FormatException">It is well-formed JSON, but not a data set.</exception>
    /// <exception cref="InvalidOperationException">A value has the wrong type.</exception>
    public Dataset Read(int version)
    {
        Expect(JsonTokenType.StartObject);
        Name("version"u8);
        if (Integer() != version)
        {
            throw new FormatException("its version is not supported");
        }

        Name("classes"u8);
        Expect(JsonTokenType.StartArray);
        var classes = ImmutableArray.CreateBuilder<string>();
        while (Next() != JsonTokenType.EndArray)
        {
            classes.Add(_json.GetString() ?? throw new FormatException("a class has no name"));
        }

        Name("images"u8);
        Expect(JsonTokenType.StartArray);
        var images = ImmutableArray.CreateBuilder<DatasetImage>();
        while (Next() != JsonTokenType.EndArray)
        {
            images.Add(Image(classes.Count));
        }

        Expect(JsonTokenType.EndObject);
        return _json.Read() ? throw new FormatException("there is more content after its end") : new(classes.DrainToImmutable(), images.DrainToImmutable());
    }

    private DatasetImage Image(int classes)
    {
        string? path = null;
        string? hash = null;
        var (width, height, orientation, weight) = (0, 0, 1, 1.0);
        DatasetPart? part = null;
        ImmutableArray<DatasetObject>? objects = null;
        while (Next() == JsonTokenType.PropertyName)
        {
            if (Is("path"u8))
            {
                path = Text();
            }
            else if (Is("sha256"u8))
            {
                hash = Text();
            }
            else if (Is("width"u8))
            {
                width = Integer();
            }
            else if (Is("height"u8))
            {
                height = Integer();
            }
            else if (Is("part"u8))
            {
                part = PartNames.Parse(Text());
            }
            else if (Is("orientation"u8))
            {
                orientation = Integer();
            }
            else if (Is("weight"u8))
            {
                weight = Number();
            }
            else if (Is("objects"u8))
            {
                objects = Objects(classes);
            }
        }

        return path is null || hash is null || part is null || objects is null || width <= 0 || height <= 0
            ? throw new FormatException("an image is not complete")
            : new(path, hash, width, height, part.Value, objects.Value) { Orientation = orientation, Weight = weight };
    }

    private ImmutableArray<DatasetObject> Objects(int classes)
    {
        Expect(JsonTokenType.StartArray);
        var objects = ImmutableArray.CreateBuilder<DatasetObject>();
        while (Next() != JsonTokenType.EndArray)
        {
            var label = Integer();
            if (label < 0 || label >= classes)
            {
                throw new FormatException($"label {label} has no class");
            }

            var box = new BoundingBox(Number(), Number(), Number(), Number());
            var isPlain = Next() == JsonTokenType.EndArray;
            var flags = isPlain ? 0 : _json.GetInt32();
            var hasArea = !isPlain && Next() != JsonTokenType.EndArray;
            objects.Add(new(label, box)
            {
                Ignored = (flags & 1) != 0,
                Crowd = (flags & 2) != 0,
                Difficult = (flags & 4) != 0,
                Truncated = (flags & 8) != 0,
                Area = hasArea ? _json.GetDouble() : null,
            });
            if (hasArea)
            {
                Expect(JsonTokenType.EndArray);
            }
        }

        return objects.DrainToImmutable();
    }

    private JsonTokenType Next() => _json.Read() ? _json.TokenType : throw new FormatException("it ends too early");

    private void Expect(JsonTokenType token)
    {
        if (Next() != token)
        {
            throw new FormatException($"there is {_json.TokenType} instead of {token}");
        }
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        Expect(JsonTokenType.PropertyName);
        if (!Is(name))
        {
            throw new FormatException($"there is '{_json.GetString()}' instead of another member");
        }
    }

    private readonly bool Is(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    private string Text()
    {
        Next();
        return _json.GetString() ?? throw new FormatException("a string is missing");
    }

    private int Integer()
    {
        Next();
        return _json.GetInt32();
    }

    private double Number()
    {
        Next();
        return _json.GetDouble();
    }
}
