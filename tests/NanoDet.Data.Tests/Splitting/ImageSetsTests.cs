using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Splitting;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Splitting;

public sealed class ImageSetsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<Diagnostic> _diagnostics = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1", "images/1.jpg")]
    [InlineData("north/1", "images/north/1.jpg")]
    [InlineData("images/1.jpg", "images/1.jpg")]
    public void A_name_alone_is_the_image_beside_the_folders_with_others_of_that_name(string line, string expected)
    {
        string[] images = ["images/1.jpg", "images/north/1.jpg", "images/south/1.jpg"];
        var sets = Read(images, ("val.txt", line));
        Assert.Equal([expected], images.Where((_, image) => sets.Find(image).IsListed));
    }

    [Fact]
    public void Each_list_assigns_its_images_and_trainval_leaves_the_choice_between_two_parts()
    {
        string[] images = ["JPEGImages/a.jpg", "JPEGImages/with space.jpg", "b.png", "c.png", "deep/er/d.png", "x.png"];
        var sets = Read(images, ("train.txt", "a\r\n\r\nwith space \n"), ("val.txt", "b\n"), ("trainval.txt", "a\nb\nc\n"), ("test.txt", "d"), ("cat_train.txt", "x -1\n"), ("default.txt", "x\n"));
        Assert.Empty(_diagnostics);
        Assert.Equal(
            [(true, DatasetPart.Train), (true, DatasetPart.Train), (true, DatasetPart.Validation), (true, null), (true, DatasetPart.Test), (false, (DatasetPart?)null)],
            images.Select((_, image) => sets.Find(image)));
    }

    [Theory]
    [InlineData("1.jpg")]
    [InlineData("images/1.jpg")]
    [InlineData("images/1")]
    [InlineData("./images/1.jpg")]
    [InlineData("../images/1.jpg")]
    [InlineData("data/images/1.jpg")]
    [InlineData("/home/somebody/data/images/1.jpg")]
    [InlineData("C:\\data\\images\\1.jpg")]
    [InlineData("\"images/1.jpg\"")]
    [InlineData("'1'")]
    [InlineData("1 -1")]
    [InlineData("1  1")]
    [InlineData("images/1.jpg # a bolt")]
    [InlineData("# all\n1")]
    [InlineData("IMAGES/1.JPG")]
    public void A_line_finds_its_image_in_every_form(string line)
    {
        var sets = Read(["images/1.jpg", "images/2.jpg"], ("val.txt", line + "\n"));
        Assert.Empty(_diagnostics);
        Assert.Equal([(true, DatasetPart.Validation), (false, null)], [sets.Find(0), sets.Find(1)]);
    }

    [Theory]
    [InlineData("north/1", "north")]
    [InlineData("images/south/1.jpg", "south")]
    [InlineData("1", "north south")]
    public void A_folder_in_a_line_tells_images_of_one_name_apart(string line, string expected)
    {
        string[] images = ["images/north/1.jpg", "images/south/1.jpg"];
        var sets = Read(images, ("val.txt", line));
        Assert.Equal(expected, string.Join(' ', images.Where((_, image) => sets.Find(image).IsListed).Select(image => image.Split('/')[1])));
    }

    [Fact]
    public void A_list_that_is_given_a_part_has_it_whatever_its_name_is()
    {
        var sets = new ImageSets(["1.jpg"], [new ImageList(_folder.Write("test.txt", "1.jpg"), "test.txt", DatasetPart.Validation)], _diagnostics);
        Assert.Equal((true, DatasetPart.Validation), sets.Find(0));
    }

    [Fact]
    public void Numbers_and_dots_are_parts_of_names()
    {
        string[] images = ["a 1.jpg", "b.v2.jpg", "c.jpg"];
        var sets = Read(images, ("val.txt", "a 1\nb.v2\nc\n"));
        Assert.Empty(_diagnostics);
        Assert.All(images.Index(), image => Assert.True(sets.Find(image.Index).IsListed));
    }

    [Fact]
    public void An_image_in_two_lists_is_an_error_at_the_line_of_the_second()
    {
        Read(["a.jpg", "b.jpg", "c.jpg"], ("test.txt", "a\nb\n"), ("train.txt", "c\nb.jpg\n"));
        Assert.Equal(("NDB2003", 2), (Assert.Single(_diagnostics).Code, _diagnostics[0].Location!.Value.Line));
    }

    [Fact]
    public void A_listed_image_that_does_not_exist_is_an_error_at_its_line()
    {
        Read(["a.jpg"], ("val.txt", "a\nghost\n"));
        var told = Assert.Single(_diagnostics);
        Assert.Equal(("NDB2004", 2, DiagnosticSeverity.Error), (told.Code, told.Location!.Value.Line, told.Severity));
    }

    private ImageSets Read(string[] images, params (string Name, string Content)[] lists)
        => new(images, lists.Select(list => new ImageList(_folder.Write(list.Name, list.Content), list.Name)).ToList(), _diagnostics);
}
