using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Labels;
using NanoDet.Pipeline.Caching;

namespace NanoDet.Pipeline.Planning;

/// <summary>The labels of one image as bytes of a cache. The label file's path is left out: two files may have one content.</summary>
internal static class LabeledImageCodec
{
    public static void Write(BinaryWriter writer, LabeledImage image)
    {
        writer.Write(image.FileName);
        writer.Write(image.Width ?? -1);
        writer.Write(image.Height ?? -1);
        Write(writer, image.Location);
        writer.Write7BitEncodedInt(image.Problems.Length);
        foreach (var problem in image.Problems)
        {
            writer.Write(problem.Code);
            writer.Write((byte)problem.Severity);
            writer.Write(problem.Message);
            Write(writer, problem.Location);
        }

        writer.Write7BitEncodedInt(image.Objects.Length);
        foreach (var labeled in image.Objects)
        {
            writer.Write(labeled.ClassName);
            writer.Write(labeled.Box.Left);
            writer.Write(labeled.Box.Top);
            writer.Write(labeled.Box.Right);
            writer.Write(labeled.Box.Bottom);
            writer.Write((byte)((labeled.Difficult ? 1 : 0) | (labeled.Truncated ? 2 : 0) | (labeled.Crowd ? 4 : 0)));
            writer.Write(labeled.Area ?? double.NaN);
            Write(writer, labeled.Location);
            Write(writer, labeled.BoxLocation);
        }
    }

    /// <summary>Reads the labels of a file that lies at <paramref name="path"/> now.</summary>
    public static LabeledImage Read(ref RecordReader reader, string path)
    {
        var fileName = reader.Text();
        var (width, height) = (reader.Int32(), reader.Int32());
        var location = ReadLocation(ref reader, path);
        var problems = ReadProblems(ref reader, path);
        var objects = ImmutableArray.CreateBuilder<LabeledObject>(reader.PackedInt32());
        for (var i = 0; i < objects.Capacity; i++)
        {
            var className = ClassNamePool.Get(reader.Utf8());
            var box = new BoundingBox(reader.Double(), reader.Double(), reader.Double(), reader.Double());
            var flags = reader.Byte();
            var area = reader.Double();
            objects.Add(new LabeledObject(className, box)
            {
                Difficult = (flags & 1) != 0,
                Truncated = (flags & 2) != 0,
                Crowd = (flags & 4) != 0,
                Area = double.IsNaN(area) ? null : area,
                Location = ReadLocation(ref reader, path),
                BoxLocation = ReadLocation(ref reader, path),
            });
        }

        return new LabeledImage(fileName, objects.MoveToImmutable())
        {
            Width = width < 0 ? null : width,
            Height = height < 0 ? null : height,
            Location = location,
            Problems = problems,
        };
    }

    private static ImmutableArray<Diagnostic> ReadProblems(ref RecordReader reader, string path)
    {
        var count = reader.PackedInt32();
        if (count == 0)
        {
            return [];
        }

        var problems = ImmutableArray.CreateBuilder<Diagnostic>(count);
        for (var i = 0; i < count; i++)
        {
            problems.Add(new(reader.Text(), (DiagnosticSeverity)reader.Byte(), reader.Text(), ReadLocation(ref reader, path)));
        }

        return problems.MoveToImmutable();
    }

    private static void Write(BinaryWriter writer, SourceLocation? location)
    {
        writer.Write7BitEncodedInt(location is null ? 0 : location.Value.Line + 1);
        writer.Write7BitEncodedInt(location?.Column ?? 0);
    }

    private static SourceLocation? ReadLocation(ref RecordReader reader, string path)
    {
        var (line, column) = (reader.PackedInt32(), reader.PackedInt32());
        return line == 0 ? null : new SourceLocation(path, line - 1, column);
    }
}
