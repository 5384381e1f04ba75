using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Labels.LabelMe;
using NanoDet.Data.Labels.Voc;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Labels;

/// <summary>Files that are large, or claim to be, in memory that the file itself bounds.</summary>
public sealed class HostileSizeTests
{
    [Fact]
    public void Deep_nesting_gives_a_code_in_memory_in_proportion_to_the_file()
    {
        const int Depth = 200_000;
        var xml = Encoding.UTF8.GetBytes("<annotation>" + string.Concat(Enumerable.Repeat("<a>", Depth)));
        var json = Encoding.UTF8.GetBytes("{\"shapes\":" + new string('[', Depth));

        AssertRefused("NDB1001", HostileReading.OwnBytes + (2L * xml.Length), () => VocReader.Read(xml, "a.xml"));
        AssertRefused("NDB1001", HostileReading.OwnBytes, () => LabelMeReader.Read(json, "a.json"));
        AssertRefused("NDB1001", HostileReading.OwnBytes, () => CocoReader.Read(json, "a.json"));
    }

    [Fact]
    public void Entities_that_grow_a_billionfold_are_refused_unopened()
    {
        var entities = string.Concat(Enumerable.Range(1, 30).Select(i => $"<!ENTITY e{i} \"&e{i - 1};&e{i - 1};&e{i - 1};&e{i - 1};\">"));
        var bomb = Encoding.UTF8.GetBytes($"<!DOCTYPE annotation [<!ENTITY e0 \"bomb\">{entities}]><annotation><filename>&e30;</filename></annotation>");
        var file = "<!DOCTYPE annotation [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><annotation><filename>&e;</filename></annotation>"u8.ToArray();

        AssertRefused("NDB1001", HostileReading.OwnBytes, () => VocReader.Read(bomb, "a.xml"));
        AssertRefused("NDB1001", HostileReading.OwnBytes, () => VocReader.Read(file, "a.xml"));
    }

    [Fact]
    public void Objects_that_are_only_claimed_reserve_nothing()
    {
        var xml = Encoding.UTF8.GetBytes("<annotation>" + string.Concat(Enumerable.Repeat("<object>", 2_000_000)));

        AssertRefused("NDB1001", HostileReading.OwnBytes + (2L * xml.Length), () => VocReader.Read(xml, "a.xml"));
    }

    [Fact]
    public void A_file_of_sixteen_megabytes_in_one_line_is_read_in_one_pass()
    {
        // Counting each column from the line's start again would be a trillion steps, which no test run survives.
        const string Object = "<object><name>cat</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>4</ymax></bndbox></object>";
        const int Count = 150_000;
        var xml = Encoding.UTF8.GetBytes("<annotation>" + string.Concat(Enumerable.Repeat(Object, Count)) + "</annotation>");

        LabeledImage? image = null;
        Assert.InRange(Allocations.Of(() => image = VocReader.Read(xml, "a.xml")), 0, HostileReading.OwnBytes + (8L * xml.Length));
        Assert.Equal(Count, image!.Objects.Length);
        Assert.Equal(new SourceLocation("a.xml", 1, 13 + ((Count - 1) * Object.Length)), image.Objects[^1].Location);
    }

    [Fact]
    public void A_file_of_a_gigabyte_is_not_read()
    {
        using var folder = new TestFolder();
        var path = folder["huge.xml"];
        using (var stream = File.Create(path))
        {
            stream.SetLength(1L << 30);
        }

        AssertRefused("NDB1002", HostileReading.OwnBytes, () => VocReader.Read(path));
        AssertRefused("NDB1002", HostileReading.OwnBytes, () => LabelMeReader.Read(path));
        AssertRefused("NDB1002", HostileReading.OwnBytes, () => YoloReader.Read(path, HostileReading.Classes, 1, 1));
        AssertRefused("NDB1002", HostileReading.OwnBytes, () => ClassList.FromFile(path));
    }

    private static void AssertRefused(string code, long mostBytes, Action read)
        => Assert.InRange(Allocations.Of(() => Assert.Equal(code, Assert.Throws<NanoDetException>(read).Diagnostic.Code)), 0, mostBytes);
}
