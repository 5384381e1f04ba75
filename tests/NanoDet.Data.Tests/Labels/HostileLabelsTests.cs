using System.Text;
using CsCheck;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Labels.CreateMl;
using NanoDet.Data.Labels.Datumaro;
using NanoDet.Data.Labels.LabelMe;
using NanoDet.Data.Labels.LabelStudio;
using NanoDet.Data.Labels.Via;
using NanoDet.Data.Labels.Voc;
using NanoDet.Data.Labels.Vott;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Labels;

public sealed class HostileLabelsTests
{
    private static readonly LabeledImage Sample = new("../../etc/猫.jpg", [new("cat", new(1, 2, 3.5, 4)), new("dog", new(5, 6, 7, 8))]) { Width = 9, Height = 10 };

    private static readonly Dictionary<LabelFormat, (byte[] Sample, Action<byte[]> Read)> Formats = new()
    {
        [LabelFormat.Voc] = (Written(stream => VocWriter.Write(stream, Sample)), content => VocReader.Read(content, "a.xml")),
        [LabelFormat.Coco] = (CocoWriter.ToUtf8(CocoConversion.FromLabels([Sample])).ToArray(), content => CocoReader.Read(content, "a.json")),
        [LabelFormat.Yolo] = (Encoding.UTF8.GetBytes(YoloWriter.ToText(Sample, HostileReading.Classes)), content => YoloReader.Read(content, "a.txt", HostileReading.Classes, 9, 10)),
        [LabelFormat.LabelMe] = (Written(stream => LabelMeWriter.Write(stream, Sample)), content => LabelMeReader.Read(content, "a.json")),
        [LabelFormat.CreateMl] = (ToolForms.Sample("createml", "a.png"), content => CreateMlReader.Read(content, "a.json")),
        [LabelFormat.Via] = (ToolForms.Sample("via-project", "a.png"), content => ViaReader.Read(content, "a.json")),
        [LabelFormat.Vott] = (ToolForms.Sample("vott", "a.png"), content => VottReader.Read(content, "a.json")),
        [LabelFormat.LabelStudio] = (ToolForms.Sample("labelstudio", "a.png"), content => LabelStudioReader.Read(content, "a.json")),
        [LabelFormat.Datumaro] = (ToolForms.Sample("datumaro", "a.png"), content => DatumaroReader.Read(content, "a.json")),
    };

    public static TheoryData<LabelFormat> All => [.. Enum.GetValues<LabelFormat>()];

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_cut_off_at_any_byte_is_read_or_gives_a_code(LabelFormat format)
    {
        var (sample, read) = Formats[format];
        read(sample);
        var refused = Enumerable.Range(0, sample.Length).Count(length => !TryRead(read, sample[..length]));

        // YOLO text has no end; a cut inside a line's last number or at a line's end leaves a readable file.
        Assert.InRange(refused, format == LabelFormat.Yolo ? sample.Length / 2 : sample.Length - 2, sample.Length);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_with_wrong_bytes_is_read_or_gives_a_code(LabelFormat format)
    {
        var (sample, read) = Formats[format];
        Gen.Select(Gen.Int[0, sample.Length - 1], Gen.Byte, Gen.Int[0, sample.Length - 1], Gen.Byte).Sample((first, a, second, b) =>
        {
            var broken = sample.ToArray();
            (broken[first], broken[second]) = (a, b);
            TryRead(read, broken);
        });
    }

    [Fact]
    public void Both_readers_of_XML_say_the_same_of_every_file_that_is_cut_off_or_broken()
    {
        byte[][] samples = [Formats[LabelFormat.Voc].Sample, Encoding.UTF8.GetBytes(
            "\uFEFF<?xml version=\"1.0\"?>\r\n<annotation verified=\"yes\">\r\n <folder/>\r\n<object><name>猫</name><bndbox><xmin> 1 </xmin><ymin>2</ymin>"
            + "<ymax>3</ymax><xmax>4</xmax></bndbox></object>\r\n<a.b-c_1 d=\"e\">x</a.b-c_1></annotation>\r\n")];
        Assert.All(samples, sample => Assert.NotNull(VocReader.ReadPlain(sample, "a.xml")));
        string[] pieces = ["<", ">", "/", "\"", "'", "=", " ", "\r", "\n", "&amp;", "&", "<!-- -->", "<![CDATA[", "]]>", "<?x?>", "<a/>", "<object>", "\0", "\u0001", "\uFFFE", "xml:", ":", "1", "é", "-", "--"];
        Gen.Select(Gen.Int[0, samples.Length - 1].Select(index => samples[index]), Gen.Int[0, 400], Gen.Int[0, 3], Gen.Int[0, pieces.Length - 1].Select(index => pieces[index])).Sample(
            (sample, at, removed, piece) =>
            {
                var start = Math.Min(at, sample.Length);
                var end = Math.Min(start + removed, sample.Length);
                byte[] broken = [.. sample[..start], .. Encoding.UTF8.GetBytes(piece), .. sample[end..]];
                var plain = Outcome(() => VocReader.ReadPlain(broken, "a.xml"));
                Assert.True(plain is null || plain == Outcome(() => VocReader.ReadXml(broken, "a.xml")), $"{plain}\n{Encoding.UTF8.GetString(broken)}");
            },
            iter: 20_000);
    }

    [Fact]
    public void A_long_name_does_not_fill_the_log()
        => Assert.True(Assert.Throws<NanoDetException>(() => VocReader.Read(Encoding.UTF8.GetBytes(
            $"<annotation><object><bndbox><xmin>{new string('x', 1_000_000)}</xmin></bndbox></object></annotation>"), "a.xml")).Message.Length < 200);

    private static byte[] Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static bool TryRead(Action<byte[]> read, byte[] content)
    {
        var isRead = true;
        Assert.InRange(Allocations.Of(() =>
        {
            try
            {
                read(content);
            }
            catch (NanoDetException exception)
            {
                Assert.StartsWith("NDB1", exception.Diagnostic.Code, StringComparison.Ordinal);
                isRead = false;
            }
        }), 0, HostileReading.OwnBytes);
        return isRead;
    }

    private static string? Outcome(Func<LabeledImage?> read)
    {
        try
        {
            return read() is { } image ? $"{image} {string.Join(';', image.Objects)}" : null;
        }
        catch (NanoDetException exception)
        {
            return exception.Diagnostic.ToString();
        }
    }
}
