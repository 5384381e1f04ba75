using NanoDet.Imaging;
using NanoDet.Imaging.Drawing;
using NanoDet.Testing;
using NanoDet.Vision.Preview;

namespace NanoDet.Vision.Tests.Preview;

public sealed class ContactSheetTests
{
    [Fact]
    public void Pictures_stand_in_rows_with_their_boxes_and_an_unreadable_one_leaves_a_frame()
    {
        using var folder = new TestFolder();
        var white = new PixelImage(320, 240);
        white.Bytes.Fill(255);
        File.WriteAllBytes(folder["a.png"], ImageEncoder.EncodePng(white));
        var picture = new PreviewPicture("a.png", folder["a.png"], 320, 240, "train", [new DrawnBox(new(100, 100, 200, 200), 2, "")]);

        var sheet = ContactSheet.Draw([picture, picture, picture with { File = folder["absent.png"] }], columns: 2);

        Assert.Equal(new PixelSize(670, 554), sheet.Size);
        Assert.Equal(0xFFFFFFFFu, sheet.Row(60)[60]);
        Assert.Equal(ClassPalette.Hex(2), $"#{sheet.Row(160)[110] & 0xFFFFFF:x6}");
        Assert.Equal(0xFF2A2D34u, sheet.Row(10 + 272 + 60)[60]);
    }
}
