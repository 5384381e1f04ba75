using NanoDet.Imaging.Drawing;

namespace NanoDet.Imaging.Tests.Drawing;

public sealed class BoxPainterTests
{
    // The last character of the last private plane: no font has it.
    private const string Unwritable = "\U0010FFFD";

    [Fact]
    public void The_line_has_the_colour_of_the_class_and_the_inside_stays()
    {
        var image = Grey(400, 300);
        BoxPainter.Draw(image, [new(new(100, 100, 300, 200), 3, "")]);
        Assert.Equal(ClassPalette.Hex(3), Hex(image.Row(150)[100]));
        Assert.Equal(ClassPalette.Hex(3), Hex(image.Row(100)[200]));
        Assert.Equal("#808080", Hex(image.Row(150)[200]));
        Assert.Equal("#808080", Hex(image.Row(50)[50]));
    }

    [Fact]
    public void A_name_stands_on_a_chip_of_the_class_colour_above_the_box()
    {
        var image = Grey(400, 300);
        BoxPainter.Draw(image, [new(new(100, 100, 300, 200), 3, "name") { Score = 0.5 }]);
        var above = Enumerable.Range(85, 10).SelectMany(y => image.Row(y)[101..130].ToArray()).Select(Hex).ToList();
        Assert.InRange(above.Count(color => color == ClassPalette.Hex(3)), above.Count / 4, above.Count - 20);
    }

    [Theory]
    [InlineData(-50, -50, 20, 20)]
    [InlineData(380, 280, 500, 500)]
    [InlineData(0, 0, 400, 300)]
    [InlineData(10, 10, 10, 10)]
    public void Boxes_at_and_beyond_the_border_are_drawn_where_they_are_seen(double left, double top, double right, double bottom)
    {
        var image = Grey(400, 300);
        BoxPainter.Draw(image, [new(new(left, top, right, bottom), 0, "a name that is longer than its box") { Dashed = true }]);
        Assert.Contains(image.Bytes.ToArray(), value => value != 128 && value != 255);
    }

    [Fact]
    public void A_name_that_no_font_can_write_becomes_the_number_of_its_class()
    {
        var (numbered, unwritable) = (Grey(200, 100), Grey(200, 100));
        BoxPainter.Draw(numbered, [new(new(20, 40, 180, 90), 7, "#7")]);
        BoxPainter.Draw(unwritable, [new(new(20, 40, 180, 90), 7, Unwritable)]);
        Assert.Equal(numbered.Bytes.ToArray(), unwritable.Bytes.ToArray());
        Assert.Equal([Unwritable], BoxPainter.Unwritable(["person", "Größe", "μ", "ячейка", Unwritable]));
    }

    [Fact]
    public void Chinese_names_are_written_where_a_font_has_them()
    {
        Assert.SkipWhen(BoxPainter.Unwritable(["红细胞"]).Count > 0, "no font on this machine has Chinese characters");
        var (chinese, numbered) = (Grey(200, 100), Grey(200, 100));
        BoxPainter.Draw(chinese, [new(new(20, 40, 180, 90), 7, "红细胞")]);
        BoxPainter.Draw(numbered, [new(new(20, 40, 180, 90), 7, "#7")]);
        Assert.NotEqual(numbered.Bytes.ToArray(), chinese.Bytes.ToArray());
    }

    private static PixelImage Grey(int width, int height)
    {
        var image = new PixelImage(width, height);
        for (var y = 0; y < height; y++)
        {
            image.Row(y).Fill(0xFF808080);
        }

        return image;
    }

    private static string Hex(uint pixel) => $"#{pixel & 0xFFFFFF:x6}";
}
