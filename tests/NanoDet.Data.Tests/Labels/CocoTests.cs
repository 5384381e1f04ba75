using System.Text;
using System.Text.Json;
using CsCheck;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Labels;

public sealed class CocoTests
{
    private static readonly LabeledImage[] Images =
    [
        new("b.jpg", [new("dog", new(1, 2, 4, 6)) { Crowd = true }, new("cat", new(0.1, 0.2, 0.4, 0.6)) { Area = 7, Difficult = true }]) { Width = 10, Height = 20 },
        new("a.jpg", []),
    ];

    [Fact]
    public void The_canonical_form_has_sorted_keys_a_line_an_entry_and_ids_by_sorted_names()
        => Assert.Equal(
            """
            {
            "annotations":[
            {"area":12,"bbox":[1,2,3,4],"category_id":2,"id":1,"image_id":2,"iscrowd":1,"segmentation":[]},
            {"area":7,"bbox":[0.1,0.2,0.3,0.4],"category_id":1,"id":2,"ignore":1,"image_id":2,"iscrowd":0,"segmentation":[]}
            ],
            "categories":[
            {"id":1,"name":"cat"},
            {"id":2,"name":"dog"}
            ],
            "images":[
            {"file_name":"a.jpg","id":1},
            {"file_name":"b.jpg","height":20,"id":2,"width":10}
            ]
            }

            """.ReplaceLineEndings("\n"),
            Text(CocoConversion.FromLabels(Images)));

    [Fact]
    public void The_same_labels_in_another_order_are_the_same_bytes()
        => Assert.Equal(Text(CocoConversion.FromLabels(Images)), Text(CocoConversion.FromLabels(Images.Reverse())));

    [Fact]
    public void A_part_of_a_data_set_has_ids_in_its_order_whatever_the_number_of_images()
    {
        var images = Enumerable.Range(0, 1500).Select(i => new DatasetImage(
            $"images/{i:0000} \"猫\".jpg", "", 640, 480, i % 3 == 2 ? DatasetPart.Validation : DatasetPart.Train,
            [.. Enumerable.Range(0, i % 4).Select(k => new DatasetObject(k, new(i, k + 0.25, i + 7, k + 1.5)) { Ignored = k > 0, Crowd = k == 2, Area = k == 1 ? 3.125 : null })]));
        var dataset = new Dataset(["a", "b", "c"], [.. images]);

        var document = CocoReader.Read(CocoWriter.ToUtf8(dataset, DatasetPart.Train).Span, "train.json");
        var train = dataset.Of(DatasetPart.Train).ToArray();
        Assert.Equal(train.Select((image, i) => (i + 1L, image.Path)), document.Images.Select(image => (image.Id, image.FileName)));
        Assert.Equal(Enumerable.Range(1, document.Annotations.Length).Select(id => (long)id), document.Annotations.Select(annotation => annotation.Id));
        Assert.Equal(
            train.SelectMany((image, i) => image.Objects.Select(item => (i + 1L, item.Label + 1L, item.Box.Left, item.Box.Top, item.Box.Width, item.Crowd, item.Ignored && !item.Crowd, item.Area ?? item.Box.Area))),
            document.Annotations.Select(annotation => (annotation.ImageId, annotation.CategoryId, annotation.X, annotation.Y, annotation.Width, annotation.Crowd, annotation.Ignore, annotation.Area!.Value)));
        Assert.Equal(Text(document), Encoding.UTF8.GetString(CocoWriter.ToUtf8(dataset, DatasetPart.Train).Span));
    }

    // Beyond 1e9, Math.Round to six decimals is not exact even for whole numbers, and no yardstick.
    [Fact]
    public void Numbers_are_what_a_JSON_writer_makes_of_them_rounded()
        => Gen.OneOf(Gen.Double[-1e4, 1e4], Gen.Double[-1e4, 1e4].Select(Math.Round), Gen.Double[-1e9, 1e9], Gen.Double[-1e-5, 1e-5]).Sample(
            value =>
            {
                Span<byte> text = stackalloc byte[64];
                Assert.True(new CocoNumber(value).TryFormat(text, out var length, default, null));
                Assert.Equal(JsonSerializer.Serialize(Math.Round(value, 6) + 0.0), Encoding.UTF8.GetString(text[..length]));
            },
            iter: 20_000);

    [Fact]
    public void What_is_written_is_read_back_and_written_alike()
    {
        var text = Text(CocoConversion.FromLabels(Images));
        var document = CocoReader.Read(Encoding.UTF8.GetBytes(text), "a.json");

        Assert.Equal(text, Text(document));
        Assert.Equal(new SourceLocation("a.json", 3, 1), document.Annotations[0].Location);
        Assert.Equal(text, Text(CocoConversion.FromLabels(CocoConversion.ToLabels(document))));
    }

    [Fact]
    public void The_real_one_keeps_its_ids_with_gaps_and_its_crowds()
    {
        var document = CocoReader.Read(SharedData.Path("datasets/coco-tiny/annotations/instances_val2017.json"));

        Assert.Equal(80, document.Images.Length);
        Assert.Equal(80, document.Categories.Length);
        Assert.Equal(90, document.Categories.Max(category => category.Id));
        Assert.Contains(document.Annotations, annotation => annotation.Crowd);
        Assert.Equal(document.Annotations.Length, CocoConversion.ToLabels(document).Sum(image => image.Objects.Length));
    }

    [Theory]
    [InlineData("[]", "NDB1001")]
    [InlineData("{}", "NDB1001")]
    [InlineData("", "NDB1001")]
    [InlineData("""{"images":[],"annotations":[],"categories":[]} x""", "NDB1001")]
    [InlineData("""{"images":[{"id":true}],"annotations":[],"categories":[]}""", "NDB1005")]
    [InlineData("""{"images":[{"id":1}],"annotations":[],"categories":[]}""", "NDB1006")]
    [InlineData("""{"images":[],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]}],"categories":[]}""", "NDB1007")]
    [InlineData("""{"images":[],"annotations":[{"id":1,"category_id":1,"bbox":[1,2,3,4]}],"categories":[]}""", "NDB1006")]
    [InlineData("""{"images":[],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,1e999]}],"categories":[]}""", "NDB1005")]
    [InlineData("""{"images":[],"annotations":[{"bbox":[NaN]}],"categories":[]}""", "NDB1001")]
    [InlineData("""{"images":[{"id":1,"file_name":"a"},{"id":1,"file_name":"b"}],"annotations":[],"categories":[]}""", "NDB1008")]
    [InlineData("""{"images":[{"id":1,"file_name":"\ud800"}],"annotations":[],"categories":[]}""", "NDB1001")]
    public void A_bad_file_gives_a_code(string json, string code)
        => Assert.Equal(code, Assert.Throws<NanoDetException>(() => CocoReader.Read(Encoding.UTF8.GetBytes(json), "a.json")).Diagnostic.Code);

    private static string Text(CocoDocument document) => Encoding.UTF8.GetString(CocoWriter.ToUtf8(document).Span);
}
