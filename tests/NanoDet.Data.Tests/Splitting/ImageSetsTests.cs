using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Splitting;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Splitting;

public sealed class ImageSetsTests
{
    [Fact]
    public void Each_list_assigns_its_images_and_trainval_leaves_the_choice_between_two_parts()
    {
        using var folder = new TestFolder();
        var diagnostics = new List<Diagnostic>();
        var sets = new ImageSets(
            [folder.Write("train.txt", "a\r\n\r\nwith space \n"), folder.Write("val.txt", "b\n"), folder.Write("trainval.txt", "a\nb\nc\n"), folder.Write("test.txt", "d"), folder.Write("cat_train.txt", "x -1\n")],
            diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal((true, DatasetPart.Train), sets.Find("JPEGImages/a.jpg"));
        Assert.Equal((true, DatasetPart.Train), sets.Find("JPEGImages/with space.jpg"));
        Assert.Equal((true, DatasetPart.Validation), sets.Find("b.png"));
        Assert.Equal((true, null), sets.Find("c.png"));
        Assert.Equal((true, DatasetPart.Test), sets.Find("deep/er/d.png"));
        Assert.Equal((false, null), sets.Find("x.png"));
        Assert.Empty(sets.Unused());
    }

    [Fact]
    public void An_image_in_two_lists_is_an_error_at_the_line_of_the_second()
    {
        using var folder = new TestFolder();
        var diagnostics = new List<Diagnostic>();
        _ = new ImageSets([folder.Write("test.txt", "a\nb\n"), folder.Write("train.txt", "c\nb\n")], diagnostics);
        Assert.Equal(("NDB2003", 2), (Assert.Single(diagnostics).Code, diagnostics[0].Location!.Value.Line));
    }

    [Fact]
    public void A_listed_image_that_does_not_exist_is_a_warning_at_its_line()
    {
        using var folder = new TestFolder();
        var sets = new ImageSets([folder.Write("val.txt", "a\nghost\n")], []);
        sets.Find("a.jpg");
        Assert.Equal(("NDB2004", 2), (Assert.Single(sets.Unused()).Code, sets.Unused().Single().Location!.Value.Line));
    }
}
