using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Validation;

namespace NanoDet.Data.Tests.Validation;

public sealed class ImageJudgeTests
{
    private static readonly ClassList Classes = ClassList.FromNames(["cat", "dog"]);
    private static readonly ImageHeader Header = new(ImageFormat.Jpeg, 100, 50, 1);

    [Fact]
    public void A_good_box_is_taken_without_a_word()
    {
        var (image, codes) = Judge(new LabeledObject("dog", new(1, 2, 100, 50)) { Area = 7 });

        Assert.Empty(codes);
        Assert.Equal(new DatasetObject(1, new(1, 2, 100, 50)) { Area = 7 }, Assert.Single(image!.Objects));
        Assert.Equal((100, 50, DatasetPart.Train), (image.Width, image.Height, image.Part));
    }

    [Fact]
    public void No_object_is_a_negative_image()
    {
        var (image, codes) = Judge();

        Assert.Empty(codes);
        Assert.Empty(image!.Objects);
    }

    [Theory]
    [InlineData(10, 10, 10, 20)]
    [InlineData(20, 10, 10, 20)]
    [InlineData(10, 20, 30, 20)]
    public void A_box_without_area_is_left_out_with_a_warning_at_its_line(double left, double top, double right, double bottom)
    {
        var diagnostics = new List<Diagnostic>();
        var image = new ImageJudge(Classes, new()).Judge(
            Image(new LabeledObject("cat", new(left, top, right, bottom)) { Location = new("a.xml", 3, 1), BoxLocation = new("a.xml", 5, 2) }), diagnostics);

        Assert.Empty(image!.Objects);
        Assert.StartsWith("a.xml(5,2): warning NDB1030: ", Assert.Single(diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-10, 0, 20, 10, OutsidePolicy.Clip, "NDB1031", 1)]
    [InlineData(-10, 0, 20, 10, OutsidePolicy.Drop, "NDB1032", 0)]
    [InlineData(100, 0, 120, 10, OutsidePolicy.Clip, "NDB1032", 0)]
    [InlineData(90, 0, 100.4, 10, OutsidePolicy.Drop, "", 1)]
    public void A_box_outside_is_cut_or_left_out(double left, double top, double right, double bottom, OutsidePolicy policy, string code, int remaining)
    {
        var (image, codes) = Judge(new ValidationPolicy { Outside = policy }, new LabeledObject("cat", new(left, top, right, bottom)));

        Assert.Equal(code, string.Join(' ', codes));
        Assert.Equal(remaining, image!.Objects.Length);
        Assert.All(image.Objects, judged => Assert.Equal(new BoundingBox(left, top, right, bottom).Clip(100, 50), judged.Box));
    }

    [Theory]
    [InlineData(DifficultPolicy.Ignore, 1, true)]
    [InlineData(DifficultPolicy.Keep, 1, false)]
    [InlineData(DifficultPolicy.Drop, 0, false)]
    public void A_difficult_object_is_what_the_policy_says(DifficultPolicy policy, int count, bool ignored)
    {
        var (image, codes) = Judge(new ValidationPolicy { Difficult = policy }, new LabeledObject("cat", new(1, 2, 3, 4)) { Difficult = true });

        Assert.Empty(codes);
        Assert.Equal(count, image!.Objects.Count(judged => judged.Ignored == ignored));
        Assert.Equal(count, image.Objects.Length);
    }

    [Fact]
    public void A_mistyped_class_is_an_error_with_a_suggestion()
    {
        var diagnostics = new List<Diagnostic>();
        new ImageJudge(Classes, new()).Judge(Image(new LabeledObject("Dgo", new(1, 2, 3, 4)) { Location = new("a.xml", 3, 1) }), diagnostics);

        Assert.Equal(
            "a.xml(3,1): error NDB1040: The class 'Dgo' is not in the list of classes; did you mean 'dog'?", Assert.Single(diagnostics).ToString());
    }

    [Theory]
    [InlineData(100, 50, "a.jpg", "images/a.jpg", 6, OrientationPolicy.Apply, "NDB1015")]
    [InlineData(50, 100, "a.jpg", "images/a.jpg", 6, OrientationPolicy.Apply, "")]
    [InlineData(50, 100, "a.jpg", "images/a.jpg", 6, OrientationPolicy.Raw, "NDB1015")]
    [InlineData(50, 100, "a.jpg", "images/a.jpg", 3, OrientationPolicy.Apply, "NDB1016")]
    [InlineData(200, 101, "a.jpg", "images/a.jpg", 1, OrientationPolicy.Apply, "NDB1014")]
    [InlineData(98, 50, "a.jpg", "images/a.jpg", 1, OrientationPolicy.Apply, "NDB1016")]
    [InlineData(99, 50, "a.jpg", "images/a.jpg", 1, OrientationPolicy.Apply, "NDB1014")]
    [InlineData(100, 50, "b.jpg", "images/a.jpg", 1, OrientationPolicy.Apply, "NDB1023")]
    [InlineData(100, 50, "../x/a.JPEG", "images/a.jpg", 1, OrientationPolicy.Apply, "")]
    [InlineData(100, 50, "a.b", "images/a.b.jpg", 1, OrientationPolicy.Apply, "")]
    [InlineData(100, 50, "cafe\u0301.jpg", "images/caf\u00e9.jpg", 1, OrientationPolicy.Apply, "")]
    [InlineData(100, 50, "my%20image.jpg", "images/my image.jpg", 1, OrientationPolicy.Apply, "")]
    [InlineData(100, 50, "IMG.JPG", "images/img.jpg", 1, OrientationPolicy.Apply, "")]
    [InlineData(100, 50, "", "images/a.jpg", 1, OrientationPolicy.Apply, "")]
    [InlineData(100, 50, "a.png", "images/a.png", 1, OrientationPolicy.Apply, "NDB1013")]
    public void What_the_labels_say_of_the_image_is_compared_with_it(
        int width, int height, string named, string path, int orientation, OrientationPolicy policy, string code)
    {
        var diagnostics = new List<Diagnostic>();
        var labels = new LabeledImage(named, []) { Width = width, Height = height, Location = new("a.xml") };

        var image = new ImageJudge(Classes, new() { Orientation = policy }).Judge(
            new(path, path, "", Header with { Orientation = orientation }, labels), diagnostics);

        Assert.Equal(code, string.Join(' ', diagnostics.Select(diagnostic => diagnostic.Code)));
        Assert.Equal(policy == OrientationPolicy.Apply ? orientation : 1, image!.Orientation);
        Assert.Equal(policy == OrientationPolicy.Apply && orientation == 6 ? (50, 100) : (100, 50), (image.Width, image.Height));
    }

    [Theory]
    [InlineData(200, 100, 10, 20, 30, 40)]
    [InlineData(200, 101, 10, 19.801980198, 30, 39.603960396)] // one pixel
    [InlineData(50, 25, 40, 40, 80, 50)]
    public void Labels_for_another_size_of_the_same_shape_are_scaled(int width, int height, double left, double top, double right, double bottom)
    {
        var labels = new LabeledImage("a.jpg", [new LabeledObject("cat", width > 100 ? new(20, 40, 60, 80) : new(20, 20, 40, 25)) { Area = 90 }]) { Width = width, Height = height };
        var diagnostics = new List<Diagnostic>();

        var image = new ImageJudge(Classes, new()).Judge(new("images/a.jpg", "images/a.jpg", "", Header, labels), diagnostics);

        Assert.Equal("NDB1014", Assert.Single(diagnostics).Code);
        var judged = Assert.Single(image!.Objects);
        Assert.Equal((left, top, right, bottom), (judged.Box.Left, Math.Round(judged.Box.Top, 9), judged.Box.Right, Math.Round(judged.Box.Bottom, 9)));
        Assert.Equal(90.0 * 100 * 50 / width / height, judged.Area!.Value, 10);
    }

    [Theory]
    [InlineData(0.1, 0.2, 33.433333333333, 20.866666666667)]
    [InlineData(1, 2, 100, 50)]
    public void The_same_labels_mean_the_same_in_a_format_with_areas_and_in_one_without(double left, double top, double right, double bottom)
    {
        var box = new BoundingBox(left, top, right, bottom);
        // As CocoWriter rounds it, from numbers that are not rounded.
        var area = Math.Round(box.Area, 6);

        var with = Assert.Single(Judge(new LabeledObject("cat", box) { Area = area }).Image!.Objects);

        Assert.Equal(Assert.Single(Judge(new LabeledObject("cat", box)).Image!.Objects), with);
        Assert.NotNull(Assert.Single(Judge(new LabeledObject("cat", box) { Area = area - 0.01 }).Image!.Objects).Area);
    }

    [Fact]
    public void Labels_of_voc_have_the_same_fingerprint_when_they_were_converted_to_coco()
    {
        var labels = new LabeledImage("a.jpg", [new LabeledObject("cat", new(4, 5, 30, 40)), new LabeledObject("dog", new(0, 0, 99, 50)) { Difficult = true }]) { Width = 100, Height = 50 };
        var converted = CocoReader.Read(CocoWriter.ToUtf8(CocoConversion.FromLabels([labels])).Span, "a.json");
        var back = Assert.Single(CocoConversion.ToLabels(converted));
        Assert.All(back.Objects, labeled => Assert.NotNull(labeled.Area));

        Assert.Equal(Fingerprint(labels), Fingerprint(back));

        static ContentHash Fingerprint(LabeledImage labeled) => LabelFingerprint.Of(
            new ImageJudge(Classes, new()).Judge(new("a.jpg", "a.jpg", "", Header, labeled), [])!, Classes.Names);
    }

    // The image is stored as 100x50. The corners were turned by hand.
    [Theory]
    [InlineData(5, OrientationPolicy.Apply, "5 10 15 30")]
    [InlineData(6, OrientationPolicy.Apply, "35 10 45 30")]
    [InlineData(7, OrientationPolicy.Apply, "35 70 45 90")]
    [InlineData(8, OrientationPolicy.Apply, "5 70 15 90")]
    [InlineData(5, OrientationPolicy.Raw, "5 10 15 30")]
    [InlineData(6, OrientationPolicy.Raw, "5 20 15 40")]
    [InlineData(7, OrientationPolicy.Raw, "85 20 95 40")]
    [InlineData(8, OrientationPolicy.Raw, "85 10 95 30")]
    public void Labels_for_the_other_exif_orientation_are_turned(int orientation, OrientationPolicy policy, string corners)
    {
        var (width, height) = policy == OrientationPolicy.Apply ? (100, 50) : (50, 100);
        var labels = new LabeledImage("a.jpg", [new LabeledObject("cat", new(10, 5, 30, 15))]) { Width = width, Height = height, Location = new("a.xml") };

        var (diagnostic, box) = Turned(labels, orientation, policy);

        Assert.EndsWith($"as its EXIF orientation ({orientation}) swaps them. The boxes are turned with the image", diagnostic, StringComparison.Ordinal);
        Assert.Equal(corners, box);
    }

    [Fact]
    public void Boxes_that_lie_on_the_image_only_as_they_are_are_not_turned()
    {
        var labels = new LabeledImage("a.jpg", [new LabeledObject("cat", new(10, 60, 30, 90))]) { Width = 100, Height = 50, Location = new("a.xml") };

        var (diagnostic, box) = Turned(labels, 6, OrientationPolicy.Apply);

        Assert.EndsWith("The boxes fit the image only as they are, so they are not turned", diagnostic, StringComparison.Ordinal);
        Assert.Equal("10 60 30 90", box);
    }

    private static (string Diagnostic, string Box) Turned(LabeledImage labels, int orientation, OrientationPolicy policy)
    {
        var diagnostics = new List<Diagnostic>();
        var image = new ImageJudge(Classes, new() { Orientation = policy }).Judge(new("images/a.jpg", "images/a.jpg", "", Header with { Orientation = orientation }, labels), diagnostics);
        var box = Assert.Single(image!.Objects).Box;
        Assert.Equal("NDB1015", Assert.Single(diagnostics).Code);
        return (diagnostics[0].Message, FormattableString.Invariant($"{box.Left} {box.Top} {box.Right} {box.Bottom}"));
    }

    [Fact]
    public void Labels_for_another_shape_are_an_error_and_not_used()
    {
        var labels = new LabeledImage("a.jpg", [new LabeledObject("cat", new(20, 40, 60, 50))]) { Width = 90, Height = 50, Location = new("a.xml") };
        var diagnostics = new List<Diagnostic>();

        Assert.Empty(new ImageJudge(Classes, new()).Judge(new("images/a.jpg", "images/a.jpg", "", Header, labels), diagnostics)!.Objects);
        Assert.Equal("a.xml: error NDB1016: The labels are for an image of 90x50, but the image is 100x50, which has another shape: the boxes cannot be scaled to it", Assert.Single(diagnostics).ToString());
    }

    [Fact]
    public void The_same_box_of_the_same_class_is_one_object_with_a_warning_at_the_second()
    {
        var box = new BoundingBox(1, 2, 30, 40);
        var diagnostics = new List<Diagnostic>();
        var image = new ImageJudge(Classes, new()).Judge(
            Image(
                new LabeledObject("cat", box) { Difficult = true, Location = new("a.xml", 3, 1) },
                new LabeledObject("dog", box) { Location = new("a.xml", 4, 1) },
                new LabeledObject("cat", box) { Location = new("a.xml", 5, 1), BoxLocation = new("a.xml", 6, 2) },
                new LabeledObject("cat", box with { Right = 30.5 }) { Location = new("a.xml", 7, 1) }),
            diagnostics);

        Assert.Equal("a.xml(6,2): warning NDB1034: The image has another box of 'cat' with the same corners (1, 2)-(30, 40); they count as one object", Assert.Single(diagnostics).ToString());
        Assert.Equal([(0, box, false), (1, box, false), (0, box with { Right = 30.5 }, false)], image!.Objects.Select(judged => (judged.Label, judged.Box, judged.Ignored)));
    }

    [Fact]
    public void The_order_of_two_that_are_one_does_not_matter()
    {
        LabeledObject[] objects =
        [
            new LabeledObject("cat", new(1, 2, 3, 4)) { Difficult = true },
            new LabeledObject("cat", new(1, 2, 3, 4)) { Area = 3 },
            new LabeledObject("cat", new(1, 2, 3, 4)) { Crowd = true },
        ];

        Assert.Equal(Judge(objects).Image!.Objects, Judge([.. objects.Reverse()]).Image!.Objects);
        Assert.Equal(new DatasetObject(0, new(1, 2, 3, 4)) { Area = 3 }, Assert.Single(Judge(objects).Image!.Objects));
    }

    [Theory]
    [InlineData(100, 100, "")]
    [InlineData(101, 0, "NDB1035")]
    [InlineData(100, 101, "NDB1035")]
    public void More_objects_of_a_class_than_evaluation_counts_are_told(int cats, int dogs, string codes)
    {
        var objects = Enumerable.Range(1, cats).Select(i => new LabeledObject("cat", new(0, 0, i / 2.0, 10)))
            .Concat(Enumerable.Range(1, dogs).Select(i => new LabeledObject("dog", new(0, 0, i / 2.0, 10))))
            .Append(new LabeledObject("cat", new(0, 0, 7, 20)) { Difficult = true });

        Assert.Equal(codes, string.Join(' ', Judge([.. objects]).Codes));
    }

    [Theory]
    [InlineData(false, UnlabeledPolicy.LeaveOut, false, "NDB1021")]
    [InlineData(true, UnlabeledPolicy.LeaveOut, true, "")]
    [InlineData(false, UnlabeledPolicy.Negative, true, "")]
    public void An_image_without_labels_is_left_out_unless_it_is_said_to_be_negative(bool negative, UnlabeledPolicy policy, bool taken, string code)
    {
        var diagnostics = new List<Diagnostic>();
        var image = new ImageJudge(Classes, new() { Unlabeled = policy }).Judge(
            new("a.jpg", "a.jpg", "", Header, null) { Negative = negative }, diagnostics);

        Assert.Equal(taken, image is not null);
        Assert.Equal(code, string.Join(' ', diagnostics.Select(diagnostic => diagnostic.Code)));
    }

    [Fact]
    public void A_class_whose_objects_are_all_ignored_is_rare_and_the_message_says_so()
    {
        var (image, _) = Judge([.. Enumerable.Range(5, 5).Select(edge => new LabeledObject("cat", new(1, 2, 3, edge))), new LabeledObject("dog", new(1, 2, 3, 4)) { Difficult = true }]);

        var rare = Assert.Single(DatasetJudge.FindRareClasses([image!], Classes, new(), []));

        Assert.Equal("The class 'dog' has only 0 objects, and 1 more is ignored as difficult or a crowd (NanoDetDifficult); a model can hardly learn a class from fewer than 5", rare.Message);
    }

    [Fact]
    public void A_class_that_is_in_no_list_is_told_with_the_property_that_leaves_it_out()
    {
        var diagnostics = new List<Diagnostic>();
        new ImageJudge(Classes, new()).Judge(Image(new LabeledObject("giraffe", new(1, 2, 3, 4)) { Location = new("a.xml", 3, 1) }), diagnostics);

        Assert.EndsWith("is not in the list of classes; add it to the list, or leave the objects of other classes out with NanoDetOtherClasses=Ignore", Assert.Single(diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rare_classes_and_duplicates_are_seen_in_the_whole_set()
    {
        var (image, _) = Judge([.. Enumerable.Range(5, 5).Select(edge => new LabeledObject("cat", new(1, 2, 3, edge))), new LabeledObject("dog", new(1, 2, 3, 4))]);

        var rare = Assert.Single(DatasetJudge.FindRareClasses([image!], Classes, new(), []));
        var duplicates = DatasetJudge.FindDuplicates([Copy("b.jpg", "1", 10), Copy("c.jpg", "2", 10), Copy("a.jpg", "1", 11)], Classes).ToArray();

        Assert.Equal("NanoDet: warning NDB1041: The class 'dog' has only 1 object; a model can hardly learn a class from fewer than 5", rare.ToString());
        Assert.Equal("b.jpg: warning NDB1050: The image is identical, byte for byte, to 'a.jpg'", Assert.Single(duplicates).ToString());
    }

    [Theory]
    [InlineData("0", "it has 0 objects of 'cat' where the other has 1")]
    [InlineData("1", "it has 0 objects of 'cat' where the other has 1")]
    [InlineData("0 100", "a box of 'cat' is at a place where the other has none")]
    public void The_same_image_with_labels_that_contradict_each_other_is_an_error(string objects, string difference)
    {
        var numbers = objects.Split(' ');
        var copy = Copy("b.jpg", "1", numbers.Length > 1 ? 100 : 10);
        copy = objects == "0" ? copy with { Objects = [] } : objects == "1" ? copy with { Objects = [copy.Objects[0] with { Label = 1 }] } : copy;
        var told = Assert.Single(DatasetJudge.FindDuplicates([Copy("a.jpg", "1", 10), copy], Classes));
        Assert.Equal(("NDB1051", DiagnosticSeverity.Error), (told.Code, told.Severity));
        Assert.Contains(difference, told.Message, StringComparison.Ordinal);
    }

    private static DatasetImage Copy(string path, string hash, double left) => new(path, hash, 200, 100, DatasetPart.Train, [new(0, new(left, 10, left + 40, 50))]);

    private static (DatasetImage? Image, string[] Codes) Judge(params LabeledObject[] objects) => Judge(new ValidationPolicy(), objects);

    private static (DatasetImage? Image, string[] Codes) Judge(ValidationPolicy policy, params LabeledObject[] objects)
    {
        var diagnostics = new List<Diagnostic>();
        return (new ImageJudge(Classes, policy).Judge(Image(objects), diagnostics), [.. diagnostics.Select(diagnostic => diagnostic.Code)]);
    }

    private static ImageToJudge Image(params LabeledObject[] objects) => new("images/a.jpg", "images/a.jpg", "", Header, new("a.jpg", [.. objects]));
}
