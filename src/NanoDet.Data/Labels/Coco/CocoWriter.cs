using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;

namespace NanoDet.Data.Labels.Coco;

/// <summary>
/// Writes COCO JSON in a canonical form, so that equal labels give equal bytes: keys sorted, LF, one entry per line (which
/// is also readable in a diff), numbers rounded to six decimals and as short as possible, UTF-8 without a byte order mark.
/// </summary>
public static class CocoWriter
{
    private const int LongestAnnotation = 512;

    /// <summary>Writes a file atomically.</summary>
    public static void Write(string path, CocoDocument document) => AtomicFile.Write(path, ToUtf8(document));

    /// <summary>Returns the bytes of the file.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(CocoDocument document) => Assemble(
        CocoLines.Format(document.Annotations.Length, (buffer, i) => WriteAnnotation(buffer, document.Annotations[i])),
        CocoLines.Format(document.Categories.Length, (buffer, i) => WriteCategory(buffer, document.Categories[i])),
        CocoLines.Format(document.Images.Length, (buffer, i) => WriteImage(buffer, document.Images[i])));

    /// <summary>
    /// Returns the bytes of the file of one part of a data set: category id = label + 1, image ids from 1 in the order of the
    /// data set, annotation ids from 1 in the order of the images and of the objects in them.
    /// </summary>
    public static ReadOnlyMemory<byte> ToUtf8(Dataset dataset, DatasetPart part)
    {
        var images = dataset.Of(part).ToArray();
        var firstIds = new long[images.Length + 1];
        firstIds[0] = 1;
        for (var i = 0; i < images.Length; i++)
        {
            firstIds[i + 1] = firstIds[i] + images[i].Objects.Length;
        }

        return Assemble(
            CocoLines.Format(images.Length, (buffer, i) =>
            {
                var id = firstIds[i];
                foreach (ref readonly var judged in images[i].Objects.AsSpan())
                {
                    var box = judged.Box;
                    WriteAnnotation(buffer, new(id++, i + 1, judged.Label + 1, box.Left, box.Top, box.Width, box.Height)
                    {
                        Area = judged.Area,
                        Crowd = judged.Crowd,
                        Ignore = judged.Ignored && !judged.Crowd,
                    });
                }
            }),
            CocoLines.Format(dataset.Classes.Length, (buffer, i) => WriteCategory(buffer, new(i + 1, dataset.Classes[i]))),
            CocoLines.Format(images.Length, (buffer, i) => WriteImage(buffer, new(i + 1, images[i].Path) { Width = images[i].Width, Height = images[i].Height })));
    }

    private static ReadOnlyMemory<byte> Assemble(CocoLines annotations, CocoLines categories, CocoLines images)
    {
        using (annotations)
        using (categories)
        using (images)
        {
            const int Frame = 100;
            var content = GC.AllocateUninitializedArray<byte>(Frame + annotations.Length + categories.Length + images.Length);
            var rest = content.AsSpan();
            Append(ref rest, "{\n\"annotations\":[\n"u8, annotations);
            Append(ref rest, "],\n\"categories\":[\n"u8, categories);
            Append(ref rest, "],\n\"images\":[\n"u8, images);
            Append(ref rest, "]\n}\n"u8);
            return content.AsMemory(0, content.Length - rest.Length);
        }
    }

    private static void Append(ref Span<byte> rest, ReadOnlySpan<byte> opening, CocoLines lines)
    {
        Append(ref rest, opening);
        lines.CopyTo(rest);
        rest = rest[lines.Length..];
        Append(ref rest, lines.Length > 0 ? "\n"u8 : []);
    }

    private static void Append(ref Span<byte> rest, ReadOnlySpan<byte> text)
    {
        text.CopyTo(rest);
        rest = rest[text.Length..];
    }

    // Without a JSON writer, which takes three times as long for numbers. Many readers access "segmentation"
    // without checking that it exists.
    private static void WriteAnnotation(IBufferWriter<byte> buffer, in CocoAnnotation annotation)
    {
        var ignore = annotation.Ignore ? "\"ignore\":1," : "";
        if (!Utf8.TryWrite(
            buffer.GetSpan(LongestAnnotation),
            CultureInfo.InvariantCulture,
            $"{{\"area\":{new CocoNumber(annotation.Area ?? (annotation.Width * annotation.Height))},\"bbox\":[{new CocoNumber(annotation.X)},{new CocoNumber(annotation.Y)},{new CocoNumber(annotation.Width)},{new CocoNumber(annotation.Height)}],\"category_id\":{annotation.CategoryId},\"id\":{annotation.Id},{ignore}\"image_id\":{annotation.ImageId},\"iscrowd\":{(annotation.Crowd ? 1 : 0)},\"segmentation\":[]}},\n",
            out var length))
        {
            throw new InvalidOperationException("an annotation is longer than its numbers can make it");
        }

        buffer.Advance(length);
    }

    private static void WriteCategory(IBufferWriter<byte> buffer, CocoCategory category)
    {
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Line))
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, category.Id);
            json.WriteString("name"u8, category.Name);
            json.WriteEndObject();
        }

        buffer.Write(CocoLines.Separator);
    }

    private static void WriteImage(IBufferWriter<byte> buffer, CocoImage image)
    {
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Line))
        {
            json.WriteStartObject();
            json.WriteString("file_name"u8, image.FileName);
            if (image.Height is { } height)
            {
                json.WriteNumber("height"u8, height);
            }

            json.WriteNumber("id"u8, image.Id);
            if (image.Width is { } width)
            {
                json.WriteNumber("width"u8, width);
            }

            json.WriteEndObject();
        }

        buffer.Write(CocoLines.Separator);
    }
}
