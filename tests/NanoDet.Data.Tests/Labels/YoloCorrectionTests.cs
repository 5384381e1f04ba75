using System.Text;
using NanoDet.Core.Geometry;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Labels;

public sealed class YoloCorrectionTests : IDisposable
{
    private static readonly ClassList Classes = ClassList.FromNames(["bolt", "nut"]);
    private static readonly BoundingBox Moved = new(10, 20, 30, 60);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0 0.5 0.5 0.2 0.4", "0 0.20000000 0.20000000 0.20000000 0.20000000")]
    [InlineData("0\t0.5  0.5 0.2 0.4 0.875", "0 0.20000000 0.20000000 0.20000000 0.20000000 0.875")] // a confidence
    [InlineData("0.0 0.5 0.5 0.2 0.4 0.5 0.5 2 0 0 0", "0.0 0.20000000 0.20000000 0.20000000 0.20000000 0.5 0.5 2 0 0 0")] // keypoints
    [InlineData("0 0.4 0.3 0.6 0.3 0.6 0.7", "0 0.20000000 0.20000000 0.20000000 0.20000000")] // a triangle
    public void Another_box_leaves_what_is_behind_it(string line, string expected)
        => Assert.Equal($"{expected}\n", Corrected($"{line}\n", labeled => labeled with { Box = Moved }));

    [Theory]
    [InlineData("0 0.5 0.5 0.2 0.4 0.875 7", "1 0.5 0.5 0.2 0.4 0.875 7")]
    [InlineData("0 0.4 0.3 0.6 0.3 0.6 0.7", "1 0.4 0.3 0.6 0.3 0.6 0.7")]
    public void Another_class_leaves_all_the_numbers(string line, string expected)
        => Assert.Equal($"{expected}\n", Corrected($"{line}\n", labeled => labeled with { ClassName = "nut" }));

    [Theory]
    [InlineData("\n1 0.1 0.1 0.1 0.1\n\n0 0.5 0.5 0.2 0.4\n", "\n1 0.1 0.1 0.1 0.1\n\n")]
    [InlineData("1 0.1 0.1 0.1 0.1\r0 0.5 0.5 0.2 0.4\r", "1 0.1 0.1 0.1 0.1\r")]
    [InlineData("1 0.1 0.1 0.1 0.1\r\n0 0.5 0.5 0.2 0.4", "1 0.1 0.1 0.1 0.1\r\n")]
    [InlineData("0 0.5 0.5 0.2 0.4", "")]
    public void An_object_that_goes_takes_its_line_along(string text, string expected)
        => Assert.Equal(expected, Corrected(text, _ => null));

    [Fact]
    public void An_object_beside_another_stays()
        => Assert.Equal("0 0.5001 0.5 0.2 0.4\n", Corrected("0 0.5 0.5 0.2 0.4\n0 0.5001 0.5 0.2 0.4\n", _ => null, first: true));

    [Theory]
    [InlineData("0 0.5 0.5 0.2 0.4 0.9\n1 0.5 0.5 0.2 0.4\n0 0.5 0.5 0.2 0.4 0.8\n", "1 0.5 0.5 0.2 0.4 0.9\n1 0.5 0.5 0.2 0.4\n")]
    [InlineData("0 0.4 0.3 0.6 0.3 0.6 0.7\n0  0.4 0.3 0.6 0.3 0.6 0.7\n0 0.5 0.5 0.2 0.4\n", "1 0.4 0.3 0.6 0.3 0.6 0.7\n0 0.5 0.5 0.2 0.4\n")]
    public void The_double_of_an_object_does_not_stay_behind(string text, string expected)
        => Assert.Equal(expected, Corrected(text, labeled => labeled with { ClassName = "nut" }, first: true));

    [Theory]
    [InlineData("", "1 0.20000000 0.20000000 0.20000000 0.20000000\n")]
    [InlineData("0 0.5 0.5 0.2 0.4", "0 0.5 0.5 0.2 0.4\n1 0.20000000 0.20000000 0.20000000 0.20000000\n")]
    [InlineData("0 0.5 0.5 0.2 0.4\r\n", "0 0.5 0.5 0.2 0.4\r\n1 0.20000000 0.20000000 0.20000000 0.20000000\r\n")]
    [InlineData("0 0.5 0.5 0.2 0.4\r\n0 0.5 0.5 0.2 0.2", "0 0.5 0.5 0.2 0.4\r\n0 0.5 0.5 0.2 0.2\r\n1 0.20000000 0.20000000 0.20000000 0.20000000\r\n")]
    public void An_object_that_was_missing_is_the_last_line(string text, string expected)
        => Assert.Equal(expected, Corrected(text, labeled => labeled, new LabeledObject("nut", Moved)));

    [Fact]
    public void An_object_that_becomes_like_another_is_no_double_of_it()
    {
        File.WriteAllText(_folder["a.txt"], "0 0.5 0.5 0.2 0.4\n1 0.5 0.5 0.2 0.4\n");
        var objects = YoloReader.Read(_folder["a.txt"], Classes, 100, 200).Objects;

        new YoloCorrection(Classes, 100, 200).Write(_folder["a.txt"], _folder["b.txt"], [(objects[0], objects[0] with { ClassName = "nut" }), (objects[1], null)], []);

        Assert.Equal("1 0.5 0.5 0.2 0.4\n", File.ReadAllText(_folder["b.txt"]));
    }

    [Fact]
    public void A_file_in_UTF_16_is_corrected_in_UTF_8()
    {
        File.WriteAllText(_folder["a.txt"], "0 0.5 0.5 0.2 0.4\n", Encoding.Unicode);

        Assert.Equal("1 0.5 0.5 0.2 0.4\n"u8, Correct(labeled => labeled with { ClassName = "nut" }));
    }

    private string Corrected(string text, Func<LabeledObject, LabeledObject?> change, params LabeledObject[] added) => Corrected(text, change, first: false, added);

    // Of two equal objects, what reads a set of labels keeps the first.
    private string Corrected(string text, Func<LabeledObject, LabeledObject?> change, bool first, params LabeledObject[] added)
    {
        _folder.Write("a.txt", text);
        return Encoding.UTF8.GetString(Correct(change, first, added));
    }

    private byte[] Correct(Func<LabeledObject, LabeledObject?> change, bool first = false, params LabeledObject[] added)
    {
        var read = YoloReader.Read(_folder["a.txt"], Classes, 100, 200);
        var bolts = read.Objects.Where(labeled => labeled.ClassName == "bolt").Take(first ? 1 : int.MaxValue).Select(labeled => (Is: labeled, ShouldBe: change(labeled)));
        new YoloCorrection(Classes, 100, 200).Write(_folder["a.txt"], _folder["b.txt"], bolts.Where(entry => entry.ShouldBe != entry.Is), added);
        return File.ReadAllBytes(_folder["b.txt"]);
    }
}
