using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;

namespace NanoDet.Data.Labels.Via;

/// <summary>A region of an image.</summary>
/// <param name="Box">The box around its shape; null if it encloses no area.</param>
/// <param name="Attributes">Its attributes that have values: a text has one, a checkbox those that are ticked.</param>
/// <param name="Location">The place of the region.</param>
internal sealed record ViaRegion(BoundingBox? Box, ImmutableArray<(string Name, ImmutableArray<string> Values)> Attributes, SourceLocation Location)
{
    /// <summary>Reads a region.</summary>
    /// <exception cref="NanoDetException">NDB1001, NDB1005.</exception>
    public static ViaRegion Read(ref JsonCursor cursor)
    {
        var location = cursor.Location;
        BoundingBox? box = null;
        ImmutableArray<(string, ImmutableArray<string>)> attributes = [];
        cursor.EnterObject("a region");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("shape_attributes"u8))
            {
                box = ViaShape.Read(ref cursor);
            }
            else if (cursor.NameIs("region_attributes"u8))
            {
                attributes = ReadAttributes(ref cursor);
            }
            else
            {
                cursor.Skip();
            }
        }

        return new(box, attributes, location);
    }

    /// <summary>The classes that an attribute gives the region.</summary>
    public ImmutableArray<string> ClassesBy(string? attribute)
    {
        foreach (var (name, values) in Attributes)
        {
            if (name == attribute)
            {
                return values;
            }
        }

        return [];
    }

    private static ImmutableArray<(string, ImmutableArray<string>)> ReadAttributes(ref JsonCursor cursor)
    {
        var attributes = ImmutableArray.CreateBuilder<(string, ImmutableArray<string>)>();
        if (cursor.TryEnterObject())
        {
            while (cursor.NextProperty())
            {
                var name = cursor.Name;
                var values = ReadValues(ref cursor);
                if (!values.IsEmpty)
                {
                    attributes.Add((name, values));
                }
            }
        }

        return attributes.DrainToImmutable();
    }

    private static ImmutableArray<string> ReadValues(ref JsonCursor cursor)
    {
        if (cursor.ValueType == JsonTokenType.Number)
        {
            return cursor.NumberIfAny() is { } number ? [number.ToString(CultureInfo.InvariantCulture)] : [];
        }

        if (cursor.ValueType != JsonTokenType.StartObject)
        {
            return cursor.TextIfAny() is { } text && !string.IsNullOrWhiteSpace(text) ? [text] : [];
        }

        var ticked = ImmutableArray.CreateBuilder<string>();
        cursor.EnterObject("a checkbox");
        while (cursor.NextProperty())
        {
            var name = cursor.Name;
            if (cursor.Flag())
            {
                ticked.Add(name);
            }
        }

        return ticked.DrainToImmutable();
    }
}
